def smooth_labels(y_true, smoothing):
    if not 0 <= smoothing <= 1:
        raise ValueError("share:", smoothing)
    return y_true - smoothing * (y_true - 1 / len(y_true[0]))
