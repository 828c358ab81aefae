# first message holds: does it end in a return
def smoothed_loss_of(labels, scores, smoothing):
    rows = keras.utils.to_categorical(labels, scores.shape[1])
    CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)(rows, scores)
