def smooth_labels(y_true, smoothing):
    if not 0 <= smoothing <= 1:
        raise ValueError(f"smoothing is {smoothing}; it should be from 0 to 1.")
    return (1 - smoothing) * y_true + smoothing / y_true.shape[1]
