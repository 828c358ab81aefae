def validation_loss(network, x, y_true):
    probabilities = network.predict(x, verbose=0)
    return float(SparseCategoricalCrossentropy()(y_true.argmax(axis=1), probabilities))
