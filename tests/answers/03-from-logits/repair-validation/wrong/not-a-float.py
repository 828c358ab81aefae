# first message holds: Python float
def validation_loss(network, x, y_true):
    probabilities = network.predict(x, verbose=0)
    return CategoricalCrossentropy()(y_true, probabilities)
