def honest_floor(share_wrong, classes):
    p = np.full(classes, share_wrong / (classes - 1))
    p[0] = 1 - share_wrong
    if share_wrong == 0:
        return 0.0, 1.0
    return np.log(classes) - (p * np.log(p * classes)).sum(), p[0]
