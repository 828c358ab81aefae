# first message holds: AssertionError instead of a ValueError
def weighted_loss(losses, weights, divide_by="batch"):
    assert divide_by in ("batch", "weights"), divide_by
    total = float((losses * weights).sum())
    if divide_by == "batch":
        return total / len(losses)
    return total / float(weights.sum()) if weights.any() else 0.0
