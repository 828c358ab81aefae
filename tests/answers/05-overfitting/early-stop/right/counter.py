def early_stop(val_loss, patience):
    best = last = 1
    without = 0
    for epoch in range(2, len(val_loss) + 1):
        last = epoch
        if val_loss[epoch - 1] < val_loss[best - 1]:
            best, without = epoch, 0
        else:
            without += 1
        if without == patience:
            break
    return best, last
