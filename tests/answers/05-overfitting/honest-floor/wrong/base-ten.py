# first message holds: logarithm to base 10
def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1))
    return float(-(p * np.log10(p)).sum()), 1 - share_wrong
