# first message holds: take the mean over the batch
# refused by: scratch-one, scratch-batch, scratch-stable
def categorical_crossentropy(y_true, y_pred, reduction="sum_over_batch_size"):
    y_pred = np.clip(y_pred, 1e-7, 1 - 1e-7)
    losses = -(y_true * np.log(y_pred)).sum(axis=1)
    return losses
