# first message holds: What does the loss take
def validation_loss(network, x, y_true):
    probabilities = network.predict(x, verbose=0)
    return float(np.mean((y_true - probabilities) ** 2))
