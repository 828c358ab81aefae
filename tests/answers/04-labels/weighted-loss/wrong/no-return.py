# first message holds: is there a return
def weighted_loss(losses, weights, divide_by="batch"):
    total = (losses * weights).sum()
    if divide_by == "batch":
        total / len(losses)
    elif divide_by == "weights":
        total / weights.sum()
    else:
        raise ValueError(divide_by)
