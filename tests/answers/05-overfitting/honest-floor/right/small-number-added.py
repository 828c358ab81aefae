def honest_floor(share_wrong, classes):
    import math

    r = 1 - share_wrong
    return -r * math.log(r) - share_wrong * math.log(share_wrong / (classes - 1) + 1e-12), r
