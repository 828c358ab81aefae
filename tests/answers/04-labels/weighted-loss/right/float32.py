def weighted_loss(losses, weights, divide_by="batch"):
    losses, weights = losses.astype("float32"), weights.astype("float32")
    total = (losses * weights).sum()
    if divide_by == "batch":
        return np.float32(total / len(losses))
    if divide_by == "weights":
        return np.float32(total / weights.sum()) if weights.sum() else np.float32(0)
    raise ValueError(f"divide_by is {divide_by!r}")
