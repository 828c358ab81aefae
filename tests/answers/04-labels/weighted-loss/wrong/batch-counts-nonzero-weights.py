# first message holds: divide by the two losses that count
def weighted_loss(losses, weights, divide_by="batch"):
    total = (losses * weights).sum()
    if divide_by == "batch":
        return float(total / (weights > 0).sum())
    if divide_by == "weights":
        return float(total / weights.sum()) if weights.sum() > 0 else 0.0
    raise ValueError(f"divide_by is {divide_by!r}")
