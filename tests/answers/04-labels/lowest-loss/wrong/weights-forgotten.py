# first message holds: the floor is 0.291
def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    t = np.array([true] + [rest] * (num_classes - 1))
    t = t[t > 0]
    return float(-np.log(t).sum())
