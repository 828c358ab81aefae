def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    return [[(1 - smoothing) * y + smoothing / len(row) for y in row] for row in y_true.tolist()]
