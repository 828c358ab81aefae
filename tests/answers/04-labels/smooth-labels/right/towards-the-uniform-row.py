def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    uniform = np.full(y_true.shape, 1 / y_true.shape[-1])
    return y_true + smoothing * (uniform - y_true)
