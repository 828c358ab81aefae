# first message holds: what a wrong label costs
def honest_floor(share_wrong, classes):
    return float(-np.log(share_wrong / (classes - 1))), 1 - share_wrong
