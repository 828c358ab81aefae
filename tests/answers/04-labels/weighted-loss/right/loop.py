def weighted_loss(losses, weights, divide_by="batch"):
    if divide_by != "batch" and divide_by != "weights":
        raise ValueError("not known: " + divide_by)
    above = 0.0
    below = 0.0
    for loss, weight in zip(losses, weights):
        above += loss * weight
        below += weight if divide_by == "weights" else 1
    return above / below if below > 0 else 0.0
