# first message holds: right on 0.7 of these labels
def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1))
    return float(-(p * np.log(p)).sum()), share_wrong
