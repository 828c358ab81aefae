def validation_loss(network, x, y_true):
    probabilities = network.predict(x, verbose=0)
    chosen = probabilities[np.arange(len(probabilities)), y_true.argmax(axis=1)]
    return -np.log(chosen.astype('float64')).mean()
