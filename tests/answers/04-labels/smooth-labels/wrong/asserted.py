# first message holds: AssertionError instead of a ValueError
def smooth_labels(y_true, smoothing):
    assert 0 <= smoothing <= 1, f"the share is {smoothing}"
    return (1 - smoothing) * y_true + smoothing / y_true.shape[1]
