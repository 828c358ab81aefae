def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    n, k = y_true.shape
    rows = np.zeros((n, k))
    for i in range(n):
        for j in range(k):
            rows[i, j] = (1 - smoothing) * y_true[i, j] + smoothing / k
    return rows
