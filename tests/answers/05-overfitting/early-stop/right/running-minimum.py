def early_stop(val_loss, patience):
    losses = np.asarray(val_loss)
    lowest = np.minimum.accumulate(losses)
    improved = np.concatenate([[True], losses[1:] < lowest[:-1]])
    best_so_far = np.maximum.accumulate(np.where(improved, np.arange(1, len(losses) + 1), 0))
    late = np.flatnonzero(np.arange(1, len(losses) + 1) - best_so_far >= patience)
    last = int(late[0]) + 1 if len(late) else len(losses)
    return int(best_so_far[last - 1]), last
