def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    if smoothing == 0:
        return 0.0
    import math

    return -true * math.log(true) - (num_classes - 1) * rest * math.log(rest)
