def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    others = (num_classes - 1) * rest * np.log(rest) if rest > 0 else 0.0
    return float(-true * np.log(true) - others)
