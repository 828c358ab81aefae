# first message holds: should begin with 1.027
def honest_floor(share_wrong, classes):
    if share_wrong == 0:
        return 0.0, 1.0
    return np.log(classes) * share_wrong, 1 - share_wrong
