# first message holds: the loss of these three pictures is
def smoothed_loss_of(labels, scores, smoothing):
    rows = smooth_labels(keras.utils.to_categorical(labels, scores.shape[1]), smoothing)
    return float(CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)(rows, scores))
