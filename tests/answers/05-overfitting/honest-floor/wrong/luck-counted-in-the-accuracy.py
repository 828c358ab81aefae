# first message holds: is right on 0.7
def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1))
    p = p[p > 0]
    return -(p * np.log(p)).sum(), 1 - share_wrong + share_wrong / classes
