def lowest_loss(smoothing, num_classes):
    if smoothing == 0:
        return 0
    low = smoothing / num_classes
    high = 1 - smoothing + low
    return float(-high * np.log(high) - (num_classes - 1) * low * np.log(low))
