def honest_floor(share_wrong, classes):
    p = np.array([1 - share_wrong, *[share_wrong / (classes - 1)] * (classes - 1)])
    with np.errstate(all="ignore"):
        return [np.nansum(-p * np.log(p)), p[0]]
