# first message holds: the mean without weights
def weighted_loss(losses, weights, divide_by="batch"):
    return float(losses.mean())
