def weighted_loss(losses, weights, divide_by="batch"):
    if divide_by == "batch":
        return sum(w * one for w, one in zip(weights, losses)) / len(losses)
    if divide_by == "weights":
        return np.average(losses, weights=weights) if any(weights) else 0
    raise ValueError("unknown: " + repr(divide_by))
