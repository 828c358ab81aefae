# first message holds: That is the weighted sum
def weighted_loss(losses, weights, divide_by="batch"):
    return float((losses * weights).sum())
