# first message holds: among the wrong classes
def smoothed_loss_of(labels, scores, smoothing):
    k = scores.shape[1]
    rows = keras.utils.to_categorical(labels, k)
    rows = np.where(rows == 1, 1 - smoothing, smoothing / (k - 1))
    return float(CategoricalCrossentropy(from_logits=True)(rows, scores))
