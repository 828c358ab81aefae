def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    k = y_true.shape[1]
    return y_true @ ((1 - smoothing) * np.eye(k) + smoothing / k)
