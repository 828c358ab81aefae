# first message holds: returns nothing
def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1))
    print(-(p * np.log(p)).sum(), 1 - share_wrong)
