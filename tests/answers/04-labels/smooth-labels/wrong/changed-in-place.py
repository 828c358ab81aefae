# first message holds: changed the labels
def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    y_true[:] = (1 - smoothing) * y_true + smoothing / y_true.shape[1]
    return y_true
