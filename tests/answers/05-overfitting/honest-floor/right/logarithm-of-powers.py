def honest_floor(share_wrong, classes):
    q = share_wrong / (classes - 1)
    return -np.log((1 - share_wrong) ** (1 - share_wrong) * q**share_wrong), 1 - share_wrong
