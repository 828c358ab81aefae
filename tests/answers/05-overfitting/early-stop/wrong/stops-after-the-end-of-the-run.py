# first message holds: With patience 3 the 0.6 in epoch 5 comes in time
def early_stop(val_loss, patience):
    best, best_e = float("inf"), 0
    for e, l in enumerate(val_loss, start=1):
        if l < best:
            best, best_e = l, e
        elif e - best_e >= patience:
            break
    return best_e, best_e + patience
