def smoothed_loss_of(labels, scores, smoothing):
    rows = tf.one_hot(labels, scores.shape[1])
    return float(CategoricalCrossentropy(label_smoothing=smoothing)(rows, tf.nn.softmax(scores)))
