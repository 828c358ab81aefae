# first message holds: should raise a ValueError
def smooth_labels(y_true, smoothing):
    smoothing = min(max(smoothing, 0), 1)
    return (1 - smoothing) * y_true + smoothing / y_true.shape[1]
