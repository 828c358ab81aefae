# first message holds: above the lowest so far
def early_stop(val_loss, patience):
    best, without = 1, 0
    for epoch in range(2, len(val_loss) + 1):
        if val_loss[epoch - 1] < val_loss[epoch - 2]:
            best, without = epoch, 0
        else:
            without += 1
            if without >= patience:
                return best, epoch
    return best, len(val_loss)
