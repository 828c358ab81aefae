def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    t = np.array([true] + [rest] * (num_classes - 1))
    t = t[t > 0]
    return float(np.log(num_classes) - np.sum(t * np.log(t * num_classes))) if smoothing else 0.0
