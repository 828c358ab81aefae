# first message holds: the number of rows
def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    return (1 - smoothing) * y_true + smoothing / len(y_true)
