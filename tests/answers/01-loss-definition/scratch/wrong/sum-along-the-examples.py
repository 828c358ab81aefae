# first message holds: You summed over the examples
# refused by: scratch-batch
def categorical_crossentropy(y_true, y_pred, reduction="sum_over_batch_size"):
    y_pred = np.clip(y_pred, 1e-7, 1 - 1e-7)
    losses = -(y_true * np.log(y_pred)).sum(axis=0)
    if reduction == "none":
        return losses
    if reduction == "sum":
        return losses.sum()
    if reduction in ("mean", "sum_over_batch_size"):
        return losses.sum() / len(y_true)
    raise ValueError(reduction)
