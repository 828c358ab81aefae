# first message holds: one of the four wrong classes
def honest_floor(share_wrong, classes):
    right, each = 1 - share_wrong, share_wrong / (classes - 1)
    return float(-right * np.log(right) - each * np.log(each)), right
