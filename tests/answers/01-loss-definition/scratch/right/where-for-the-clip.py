def categorical_crossentropy(y_true, y_pred, reduction="sum_over_batch_size"):
    y_pred = np.where(y_pred < 1e-7, 1e-7, np.where(y_pred > 1 - 1e-7, 1 - 1e-7, y_pred))
    losses = np.sum(y_true * np.log(1 / y_pred), axis=1)
    if reduction == "none":
        return losses
    if reduction == "sum":
        return np.sum(losses)
    if reduction in ("mean", "sum_over_batch_size"):
        return np.mean(losses)
    raise ValueError(f"unknown reduction {reduction}")
