def smooth_labels(y_true, smoothing):
    if smoothing < 0 or smoothing > 1:
        raise ValueError(f"smoothing is {smoothing}")
    y = tf.cast(y_true, "float64")
    return (1 - smoothing) * y + smoothing / y.shape[1]
