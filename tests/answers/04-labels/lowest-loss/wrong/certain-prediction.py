# first message holds: what a certain prediction pays
def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    return float(-(num_classes - 1) * rest * np.log(1e-7))
