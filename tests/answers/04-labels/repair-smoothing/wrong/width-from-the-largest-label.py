# first message holds: take the number of classes from
def smoothed_loss_of(labels, scores, smoothing):
    rows = keras.utils.to_categorical(labels)
    return float(CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)(rows, scores))
