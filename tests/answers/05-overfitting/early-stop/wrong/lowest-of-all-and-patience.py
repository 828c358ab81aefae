# first message holds: does not exist
def early_stop(val_loss, patience):
    import numpy as np

    best = int(np.argmin(val_loss)) + 1
    return best, min(best + patience, len(val_loss))
