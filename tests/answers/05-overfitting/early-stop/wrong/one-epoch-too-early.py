# first message holds: 0.8 is the first epoch without improvement
def early_stop(val_loss, patience):
    lowest, best = float("inf"), 0
    for epoch, loss in enumerate(val_loss, start=1):
        if loss < lowest:
            lowest, best = loss, epoch
        elif epoch - best >= patience - 1:
            return best, epoch
    return best, len(val_loss)
