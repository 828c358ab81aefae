# first message holds: exactly 0
def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    t = np.clip([true] + [rest] * (num_classes - 1), 1e-7, 1)
    return float(-(t * np.log(t)).sum())
