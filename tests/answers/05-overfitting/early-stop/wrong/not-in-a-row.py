# first message holds: In a row
def early_stop(val_loss, patience):
    lowest, best, without = float("inf"), 0, 0
    for epoch, loss in enumerate(val_loss, start=1):
        if loss < lowest:
            lowest, best = loss, epoch
        else:
            without += 1
            if without >= patience:
                return best, epoch
    return best, len(val_loss)
