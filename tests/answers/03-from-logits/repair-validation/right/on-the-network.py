def validation_loss(network, x, y_true):
    return float(CategoricalCrossentropy()(y_true, network(x)))
