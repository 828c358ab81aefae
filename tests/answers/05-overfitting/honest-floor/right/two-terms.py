def honest_floor(share_wrong, classes):
    right = 1 - share_wrong
    loss = -right * np.log(right)
    if share_wrong > 0:
        loss -= share_wrong * np.log(share_wrong / (classes - 1))
    return loss, right
