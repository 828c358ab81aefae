# first message holds: What does the loss take
def validation_loss(network, x, y_true):
    probabilities = network.predict(x, verbose=0)
    return float(BinaryCrossentropy()(y_true, probabilities))
