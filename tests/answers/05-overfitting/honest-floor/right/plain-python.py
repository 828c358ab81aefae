import math


def honest_floor(share_wrong, classes):
    shares = [1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1)
    return sum(-p * math.log(p) for p in shares if p), shares[0]
