# first message holds: is unknown and should raise
def weighted_loss(losses, weights, divide_by="batch"):
    total = (losses * weights).sum()
    if divide_by == "batch":
        return float(total / len(losses))
    return float(total / weights.sum()) if weights.sum() > 0 else 0.0
