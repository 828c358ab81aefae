# first message holds: should return two numbers
def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1))
    p = p[p > 0]
    return float(-(p * np.log(p)).sum())
