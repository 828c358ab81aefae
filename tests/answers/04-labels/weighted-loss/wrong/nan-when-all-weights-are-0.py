# first message holds: When all weights are 0
def weighted_loss(losses, weights, divide_by="batch"):
    total = (losses * weights).sum()
    if divide_by == "batch":
        return float(total / len(losses))
    if divide_by == "weights":
        return float(total / weights.sum())
    raise ValueError(f"divide_by is {divide_by!r}")
