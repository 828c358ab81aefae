def validation_loss(network, x, y_true):
    p = network.predict(x, verbose=0)
    return float(np.mean(keras.losses.categorical_crossentropy(y_true, p)))
