# first message holds: changed the losses
def early_stop(val_loss, patience):
    losses = val_loss if isinstance(val_loss, list) else list(val_loss)
    best, at, e, wait = float("inf"), 0, 0, 0
    while losses:
        l = losses.pop(0)
        e += 1
        if l < best:
            best, at, wait = l, e, 0
        else:
            wait += 1
        if wait == patience:
            break
    return at, e
