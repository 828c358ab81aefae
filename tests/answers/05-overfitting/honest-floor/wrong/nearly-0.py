# first message holds: the floor is exactly 0
def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1))
    p = np.clip(p, 1e-7, 1)
    return float(-(p * np.log(p)).sum()), 1 - share_wrong
