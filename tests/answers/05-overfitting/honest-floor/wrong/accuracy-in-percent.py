# first message holds: is right on 0.7 of these labels
def honest_floor(share_wrong, classes):
    q = share_wrong / (classes - 1)
    r = 1 - share_wrong
    loss = -r * np.log(r) - (share_wrong * np.log(q) if q else 0)
    return loss, 100 * r
