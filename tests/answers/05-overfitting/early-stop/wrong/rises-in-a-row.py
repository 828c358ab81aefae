# first message holds: the training stops after epoch 4
def early_stop(val_loss, patience):
    # waits for rises in a row (epoch to epoch), best by index of min of seen
    rises = 0
    for e in range(1, len(val_loss)):
        rises = rises + 1 if val_loss[e] > val_loss[e - 1] else 0
        if rises == patience:
            seen = list(val_loss[: e + 1])
            return seen.index(min(seen)) + 1, e + 1
    seen = list(val_loss)
    return seen.index(min(seen)) + 1, len(seen)
