# first message holds: The scores are raw
def smoothed_loss_of(labels, scores, smoothing):
    rows = keras.utils.to_categorical(labels, scores.shape[1])
    return float(
        CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)(
            rows, tf.nn.softmax(scores)
        )
    )
