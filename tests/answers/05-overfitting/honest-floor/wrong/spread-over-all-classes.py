# first message holds: OTHER classes, not over all 5
def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong] + [share_wrong / classes] * classes)
    return float(-(p * np.log(p)).sum()), 1 - share_wrong
