# first message holds: What does the loss take
def validation_loss(network, x, y_true):
    probabilities = network.predict(x, verbose=0)
    return float(CategoricalCrossentropy()(probabilities.astype('float32'), y_true))
