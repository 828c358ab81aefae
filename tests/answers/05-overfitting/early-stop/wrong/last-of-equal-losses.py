# first message holds: An equal loss is no improvement
def early_stop(val_loss, patience):
    import numpy as np

    v = np.asarray(val_loss)
    for e in range(1, len(v) + 1):
        seen = v[:e]
        best = len(seen) - 1 - int(np.argmin(seen[::-1])) + 1
        if e - best == patience:
            return best, e
    return best, e
