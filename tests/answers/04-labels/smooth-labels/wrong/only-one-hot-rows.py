# first message holds: for every entry
def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    k = y_true.shape[1]
    rows = np.full(y_true.shape, smoothing / k)
    rows[np.arange(len(y_true)), y_true.argmax(axis=1)] += 1 - smoothing
    return rows
