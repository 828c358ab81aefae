def smoothed_loss_of(labels, scores, smoothing):
    rows = keras.ops.one_hot(labels, scores.shape[1])
    losses = keras.losses.categorical_crossentropy(
        rows, scores, from_logits=True, label_smoothing=smoothing
    )
    return float(np.mean(losses))
