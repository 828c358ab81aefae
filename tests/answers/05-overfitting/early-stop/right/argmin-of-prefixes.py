def early_stop(val_loss, patience):
    for last in range(1, len(val_loss) + 1):
        best = int(np.argmin(val_loss[:last])) + 1
        if last - best == patience:
            return best, last
    return best, last
