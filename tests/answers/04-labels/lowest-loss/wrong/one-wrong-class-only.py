# first message holds: the sum of -t log t over all targets
def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    if smoothing == 0:
        return 0.0
    return float(-true * np.log(true) - rest * np.log(rest))
