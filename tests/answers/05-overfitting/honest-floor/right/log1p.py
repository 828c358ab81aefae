def honest_floor(share_wrong, classes):
    import math

    if not share_wrong:
        return 0, 1
    return (
        math.fsum(
            (
                -(1 - share_wrong) * math.log1p(-share_wrong),
                -share_wrong * math.log(share_wrong / (classes - 1)),
            )
        ),
        1 - share_wrong,
    )
