# first message holds: what a right label costs
def honest_floor(share_wrong, classes):
    return float(-np.log(1 - share_wrong)), 1 - share_wrong
