def weighted_loss(losses, weights, divide_by="batch"):
    total = float(np.einsum("i,i->", losses, weights))
    if divide_by == "batch":
        return total / losses.shape[0]
    if divide_by == "weights":
        weight = float(sum(weights))
        return 0.0 if weight == 0 else total / weight
    raise ValueError(f"divide_by is {divide_by!r}")
