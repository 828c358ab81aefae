def sparse_losses(labels, probabilities):
    return keras.losses.sparse_categorical_crossentropy(labels, probabilities).numpy()
