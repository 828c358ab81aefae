def known_loss(labels, scores):
    known = labels != -1
    rows = keras.utils.to_categorical(labels[known], scores.shape[1])
    return float(CategoricalCrossentropy(from_logits=True)(rows, scores[known]))
