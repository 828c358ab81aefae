# first message holds: should contain the share
def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError("smoothing must lie in the unit interval")
    return (1 - smoothing) * y_true + smoothing / y_true.shape[1]
