# first message holds: Losses may be larger than 1
def early_stop(val_loss, patience):
    best, at, wait = 1.0, 1, 0
    for e, l in enumerate(val_loss, 1):
        if l < best:
            best, at, wait = l, e, 0
        else:
            wait += 1
        if wait == patience:
            return at, e
    return at, len(val_loss)
