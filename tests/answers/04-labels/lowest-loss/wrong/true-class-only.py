# first message holds: the largest target alone
def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    return float(-np.log(true))
