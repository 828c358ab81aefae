# first message holds: the loss of these three pictures is
def smoothed_loss_of(labels, scores, smoothing):
    rows = keras.utils.to_categorical(labels, scores.shape[1])
    return float(CategoricalCrossentropy(from_logits=True, label_smoothing=0.1)(rows, scores))
