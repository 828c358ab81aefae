# first message holds: should name what was given
def weighted_loss(losses, weights, divide_by="batch"):
    total = (losses * weights).sum()
    if divide_by == "batch":
        return float(total / len(losses))
    if divide_by == "weights":
        return float(total / weights.sum()) if weights.sum() > 0 else 0.0
    raise ValueError("unknown denominator")
