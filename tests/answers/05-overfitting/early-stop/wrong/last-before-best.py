# first message holds: the best epoch comes first
def early_stop(val_loss, patience):
    lowest, best = float("inf"), 0
    for epoch, loss in enumerate(val_loss, start=1):
        if loss < lowest:
            lowest, best = loss, epoch
        elif epoch - best >= patience:
            return epoch, best
    return len(val_loss), best
