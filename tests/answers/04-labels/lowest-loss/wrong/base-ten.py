# first message holds: to base 10
def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    t = np.array([true] + [rest] * (num_classes - 1))
    t = t[t > 0]
    return float(-(t * np.log10(t)).sum())
