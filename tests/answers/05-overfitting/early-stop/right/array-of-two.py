def early_stop(val_loss, patience):
    best = last = 1
    for last, loss in enumerate(val_loss, start=1):
        if loss < val_loss[best - 1]:
            best = last
        if last - best == patience:
            break
    return np.array([best, last])
