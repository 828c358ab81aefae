def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    rows = y_true.astype("float64").copy()
    rows *= 1 - smoothing
    rows += smoothing / rows.shape[1]
    return rows
