# first message holds: the floor is 0.291
def lowest_loss(smoothing, num_classes):
    rest = smoothing / (num_classes - 1)
    t = np.array([1 - smoothing] + [rest] * (num_classes - 1))
    t = t[t > 0]
    return float(-(t * np.log(t)).sum())
