def weighted_loss(losses, weights, divide_by="batch"):
    denominators = {"batch": len(losses), "weights": np.sum(weights)}
    if divide_by not in denominators:
        raise ValueError(f"what is {divide_by}?")
    below = denominators[divide_by]
    return float(np.dot(losses, weights) / below) if below else 0.0
