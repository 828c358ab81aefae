# first message holds: among the two wrong classes
def lowest_loss(smoothing, num_classes):
    rest = smoothing / (num_classes - 1)
    t = np.array([1 - smoothing] + [rest] * (num_classes - 1))
    t = t[t > 0]
    return float(-(t * np.log(t)).sum())
