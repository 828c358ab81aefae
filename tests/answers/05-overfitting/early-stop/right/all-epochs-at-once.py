def early_stop(val_loss, patience):
    v = np.array(val_loss, dtype=float)
    at = np.maximum.accumulate(
        np.where(
            v < np.concatenate([[np.inf], np.minimum.accumulate(v)[:-1]]),
            np.arange(1, len(v) + 1),
            0,
        )
    )
    over = np.flatnonzero(np.arange(1, len(v) + 1) - at >= patience)
    last = over[0] + 1 if over.size else len(v)
    return at[last - 1], last
