def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    t = np.array([true] + [rest] * (num_classes - 1))
    return -np.sum(np.where(t > 0, t * np.log(np.where(t > 0, t, 1)), 0))
