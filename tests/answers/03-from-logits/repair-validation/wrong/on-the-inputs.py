# first message holds: What does the loss take
def validation_loss(network, x, y_true):
    return float(CategoricalCrossentropy()(y_true, x))
