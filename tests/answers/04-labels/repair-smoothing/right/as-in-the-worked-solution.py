def smoothed_loss_of(labels, scores, smoothing):
    rows = keras.utils.to_categorical(labels, scores.shape[1])
    loss = CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)
    return float(loss(rows, scores))
