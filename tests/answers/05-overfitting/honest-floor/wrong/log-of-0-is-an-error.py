# first message holds: has no logarithm; its term adds nothing
import math


def honest_floor(share_wrong, classes):
    right, each = 1 - share_wrong, share_wrong / (classes - 1)
    return -right * math.log(right) - share_wrong * math.log(each), right
