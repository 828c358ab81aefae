def honest_floor(share_wrong, classes):
    p = np.array([[1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1)])
    if share_wrong == 0:
        return 0.0, 1.0
    return float(-(p * np.log(p)).sum()), float(p[0, 0])
