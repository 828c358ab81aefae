# first message holds: A share of 1.5 should raise
def smooth_labels(y_true, smoothing):
    if smoothing < 0:
        raise ValueError(f"smoothing is {smoothing}")
    return (1 - smoothing) * y_true + smoothing / y_true.shape[1]
