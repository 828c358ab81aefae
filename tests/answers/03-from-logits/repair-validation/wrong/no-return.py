# first message holds: returned nothing
def validation_loss(network, x, y_true):
    probabilities = network.predict(x, verbose=0)
    CategoricalCrossentropy()(y_true, probabilities)
