# first message holds: among the two wrong classes
def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    k = y_true.shape[1]
    return (1 - smoothing) * y_true + smoothing / (k - 1) * (1 - y_true)
