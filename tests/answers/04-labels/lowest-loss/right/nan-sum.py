def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    t = np.array([true] + [rest] * (num_classes - 1))
    return float(-np.nansum(t * np.log(t)))
