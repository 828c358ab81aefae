# first message holds: does it end in a return
def lowest_loss(smoothing, num_classes):
    rest = smoothing / num_classes
    true = 1 - smoothing + rest
    t = np.array([true] + [rest] * (num_classes - 1))
    t = t[t > 0]
    print(-(t * np.log(t)).sum())
