# first message holds: however little
def early_stop(val_loss, patience):
    best, at, wait = float("inf"), 1, 0
    for e, l in enumerate(val_loss, 1):
        if l < best - 0.01:
            best, at, wait = l, e, 0
        else:
            wait += 1
        if wait == patience:
            return at, e
    return at, len(val_loss)
