# first message holds: should be a float
def smoothed_loss_of(labels, scores, smoothing):
    rows = keras.utils.to_categorical(labels, scores.shape[1])
    return CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)(rows, scores)
