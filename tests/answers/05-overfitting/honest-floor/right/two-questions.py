def honest_floor(share_wrong, classes):
    h = 0.0
    for p in (share_wrong, 1 - share_wrong):
        if p > 0:
            h -= p * np.log(p)
    return h + share_wrong * np.log(classes - 1), 1 - share_wrong
