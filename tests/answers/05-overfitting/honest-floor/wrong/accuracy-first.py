# first message holds: the loss comes first
def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1))
    return 1 - share_wrong, float(-(p * np.log(p)).sum())
