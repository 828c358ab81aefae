# first message holds: KeyError instead of a ValueError
def weighted_loss(losses, weights, divide_by="batch"):
    below = {"batch": len(losses), "weights": weights.sum()}[divide_by]
    return float((losses * weights).sum() / below) if below else 0.0
