# first message holds: the upper limit of the clip is 1 - 1e-7
# refused by: scratch-stable
def categorical_crossentropy(y_true, y_pred, reduction="sum_over_batch_size"):
    y_pred = np.clip(y_pred, 1e-7, 1 - np.finfo("float32").eps)
    losses = -np.sum(y_true * np.log(y_pred), axis=1)
    if reduction == "none":
        return losses
    if reduction == "sum":
        return np.sum(losses)
    if reduction in ("mean", "sum_over_batch_size"):
        return np.mean(losses)
    raise ValueError(reduction)
