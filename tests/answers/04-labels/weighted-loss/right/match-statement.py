def weighted_loss(losses, weights, divide_by="batch"):
    total = losses @ weights
    match divide_by:
        case "batch":
            return float(total) / losses.size
        case "weights":
            return float(tf.math.divide_no_nan(total, weights.sum()))
        case _:
            raise ValueError(f"unknown {divide_by}")
