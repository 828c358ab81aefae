def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    return np.average(
        [y_true, np.ones_like(y_true) / y_true.shape[1]], axis=0, weights=[1 - smoothing, smoothing]
    )
