# first message holds: do not sum to 1
def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    k = y_true.shape[1]
    return np.where(y_true == 1, 1 - smoothing, smoothing / k)
