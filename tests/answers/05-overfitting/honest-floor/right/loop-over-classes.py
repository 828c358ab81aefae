def honest_floor(share_wrong, classes):
    r = 1 - share_wrong
    loss = -(r * np.log(r))
    if share_wrong:
        for k in range(classes):
            loss -= share_wrong / classes * np.log(share_wrong / (classes - 1))
    return loss, r
