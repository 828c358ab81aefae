def early_stop(val_loss, patience, best=1, epoch=1):
    if epoch - best >= patience or epoch == len(val_loss):
        return best, epoch
    better = val_loss[epoch] < val_loss[best - 1]
    return early_stop(val_loss, patience, epoch + 1 if better else best, epoch + 1)
