# first message holds: An equal loss is no improvement
def early_stop(val_loss, patience):
    wait, best = 0, val_loss[0]
    last = len(val_loss)
    for e, l in enumerate(val_loss, start=1):
        if l < best:
            best, wait = l, 0
        else:
            wait += 1
        if wait == patience:
            last = e
            break
    return list(val_loss).index(best) + 1, last
