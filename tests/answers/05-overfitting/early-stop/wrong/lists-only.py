# first message holds: must also take a ndarray
def early_stop(val_loss, patience):
    for epoch in range(1, len(val_loss) + 1):
        best = val_loss.index(min(val_loss[:epoch])) + 1
        if epoch - best >= patience:
            return best, epoch
    return best, len(val_loss)
