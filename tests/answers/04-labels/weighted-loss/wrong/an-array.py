# first message holds: one number, a float
def weighted_loss(losses, weights, divide_by="batch"):
    if divide_by == "batch":
        return losses * weights / len(losses)
    if divide_by == "weights":
        return losses * weights / weights.sum()
    raise ValueError(f"divide_by is {divide_by!r}")
