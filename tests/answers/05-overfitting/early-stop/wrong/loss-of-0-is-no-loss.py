# first message holds: A loss of 0 is a loss like any other
def early_stop(val_loss, patience):
    best = 0
    for e, l in enumerate(val_loss):
        if not best or l < best:
            best, at, wait = l, e + 1, 0
        else:
            wait += 1
            if wait == patience:
                return at, e + 1
    return at, len(val_loss)
