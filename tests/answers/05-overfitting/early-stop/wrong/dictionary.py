# first message holds: should return two epochs
def early_stop(val_loss, patience):
    best, at, e, wait = float("inf"), 0, 0, 0
    for l in val_loss:
        e += 1
        if l < best:
            best, at, wait = l, e, 0
        else:
            wait += 1
        if wait == patience:
            break
    return {"best": at, "last": e}
