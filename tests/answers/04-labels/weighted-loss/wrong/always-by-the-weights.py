# first message holds: By default you divide by the sum of the weights
def weighted_loss(losses, weights, divide_by="batch"):
    return float((losses * weights).sum() / weights.sum())
