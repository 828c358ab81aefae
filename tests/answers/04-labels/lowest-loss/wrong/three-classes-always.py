# first message holds: log 4
def lowest_loss(smoothing, num_classes):
    rest = smoothing / 3
    t = np.array([1 - smoothing + rest, rest, rest])
    t = t[t > 0]
    return float(-(t * np.log(t)).sum())
