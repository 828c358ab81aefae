# first message holds: add a small number
# refused by: scratch-batch, scratch-stable
def categorical_crossentropy(y_true, y_pred, reduction="sum_over_batch_size"):
    losses = -(y_true * np.log(y_pred + 1e-7)).sum(axis=1)
    if reduction == "none":
        return losses
    if reduction == "sum":
        return np.sum(losses)
    if reduction in ("mean", "sum_over_batch_size"):
        return np.mean(losses)
    raise ValueError(f"unknown reduction {reduction}")
