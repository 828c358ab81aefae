# first message holds: you give NaN
def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    t = np.array([true] + [rest] * (num_classes - 1))
    return float(-(t * np.log(t)).sum())
