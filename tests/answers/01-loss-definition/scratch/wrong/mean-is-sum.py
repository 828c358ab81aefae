# first message holds: that is the sum; divide it
# refused by: scratch-batch, scratch-stable
def categorical_crossentropy(y_true, y_pred, reduction="sum_over_batch_size"):
    y_pred = np.clip(y_pred, 1e-7, 1 - 1e-7)
    losses = -(y_true * np.log(y_pred)).sum(axis=1)
    if reduction == "none":
        return losses
    if reduction in ("sum", "mean", "sum_over_batch_size"):
        return losses.sum()
    raise ValueError(reduction)
