# first message holds: the 0.6 of epoch 5 does not exist
def early_stop(val_loss, patience):
    losses = list(val_loss)
    best = losses.index(min(losses)) + 1
    return best, min(best + patience, len(losses))
