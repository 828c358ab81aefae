def honest_floor(share_wrong, classes):
    p = np.full(classes, share_wrong / (classes - 1))
    p[0] = 1 - share_wrong
    return -np.sum(p * np.log(np.clip(p, 1e-7, 1))), p.max()
