# first message holds: divide_by='weights' should give
def weighted_loss(losses, weights, divide_by="batch"):
    total = (losses * weights).sum()
    if divide_by in ("batch", "weights"):
        return float(total / len(losses))
    raise ValueError(f"divide_by is {divide_by!r}")
