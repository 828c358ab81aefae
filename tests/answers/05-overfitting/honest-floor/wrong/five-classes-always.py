# first message holds: with two classes there is one other class
def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong] + [share_wrong / 4] * 4)
    p = p[p > 0]
    return float(-(p * np.log(p)).sum()), 1 - share_wrong
