# first message holds: two plain numbers
def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1))
    p = p[p > 0]
    return f"{-(p * np.log(p)).sum():.3f}", f"{1 - share_wrong:.1f}"
