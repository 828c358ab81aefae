# first message holds: logarithm to base 2
def lowest_loss(smoothing, num_classes):
    target = np.full(num_classes, smoothing / num_classes)
    target[0] += 1 - smoothing
    target = target[target > 0]
    return float(-(target * np.log2(target)).sum())
