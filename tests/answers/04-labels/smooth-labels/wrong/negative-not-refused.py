# first message holds: A share of -0.1 should raise
def smooth_labels(y_true, smoothing):
    if smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    return (1 - smoothing) * y_true + smoothing / y_true.shape[1]
