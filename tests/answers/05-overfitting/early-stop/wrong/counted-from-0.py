# first message holds: you count epochs from 0
def early_stop(val_loss, patience):
    best = 0
    for epoch, loss in enumerate(val_loss):
        if loss < val_loss[best]:
            best = epoch
        elif epoch - best >= patience:
            return best, epoch
    return best, len(val_loss) - 1
