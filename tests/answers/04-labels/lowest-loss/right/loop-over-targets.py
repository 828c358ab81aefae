def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    total = 0.0
    for t in [true] + [rest] * (num_classes - 1):
        if t > 0:
            total -= t * np.log(t)
    return total
