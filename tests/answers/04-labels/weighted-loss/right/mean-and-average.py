def weighted_loss(losses, weights, divide_by="batch"):
    if divide_by == "batch":
        return np.mean(losses * weights)
    if divide_by == "weights":
        return np.average(losses, weights=weights) if weights.any() else 0.0
    raise ValueError(f"divide_by is {divide_by!r}")
