# first message holds: the softmax was taken twice
def validation_loss(network, x, y_true):
    probabilities = network.predict(x, verbose=0)
    return float(CategoricalCrossentropy(from_logits=True)(y_true, probabilities))
