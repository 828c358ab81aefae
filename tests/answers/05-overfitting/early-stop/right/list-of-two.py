def early_stop(val_loss, patience):
    losses = list(val_loss)
    last = 0
    while last < len(losses):
        last += 1
        best = losses.index(min(losses[:last])) + 1
        if last - best >= patience:
            break
    return [best, last]
