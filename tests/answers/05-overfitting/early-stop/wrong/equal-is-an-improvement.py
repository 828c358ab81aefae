# first message holds: An equal loss is no improvement
def early_stop(val_loss, patience):
    lowest, best = float("inf"), 0
    for epoch, loss in enumerate(val_loss, start=1):
        if loss <= lowest:
            lowest, best = loss, epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(val_loss)
