# first message holds: stops with TypeError
def weighted_loss(losses, weights, divide_by):
    total = (losses * weights).sum()
    if divide_by == "batch":
        return float(total / len(losses))
    if divide_by == "weights":
        return float(total / weights.sum()) if weights.sum() > 0 else 0.0
    raise ValueError(f"divide_by is {divide_by!r}")
