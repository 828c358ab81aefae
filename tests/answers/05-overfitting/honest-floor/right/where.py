def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1))
    safe = np.where(p > 0, p, 1.0)
    return [float(-(p * np.log(safe)).sum()) + 0.0, 1 - share_wrong]
