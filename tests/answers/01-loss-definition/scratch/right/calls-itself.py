def categorical_crossentropy(y_true, y_pred, reduction="sum_over_batch_size"):
    if reduction == "none":
        y_pred = np.clip(y_pred, 1e-7, 1 - 1e-7)
        return np.apply_along_axis(np.sum, 1, -y_true * np.log(y_pred))
    losses = categorical_crossentropy(y_true, y_pred, "none")
    match reduction:
        case "sum":
            return float(sum(losses))
        case "mean" | "sum_over_batch_size":
            return float(sum(losses)) / len(losses)
    raise ValueError(reduction)
