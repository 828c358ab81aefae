# first message holds: a share of 0 the function stops
def smooth_labels(y_true, smoothing):
    if smoothing <= 0 or smoothing >= 1:
        raise ValueError(f"smoothing is {smoothing}")
    return (1 - smoothing) * y_true + smoothing / y_true.shape[1]
