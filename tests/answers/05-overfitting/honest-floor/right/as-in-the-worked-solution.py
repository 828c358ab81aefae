def honest_floor(share_wrong, classes):
    honest = np.array([1 - share_wrong, *[share_wrong / (classes - 1)] * (classes - 1)])
    honest = honest[honest > 0]
    return float(-(honest * np.log(honest)).sum()) + 0.0, 1 - share_wrong
