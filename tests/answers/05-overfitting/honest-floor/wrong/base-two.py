# first message holds: logarithm to base 2
def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1))
    return float(-(p * np.log2(p)).sum()), 1 - share_wrong
