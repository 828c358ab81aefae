def validation_loss(network, x, y_true):
    loss = CategoricalCrossentropy(from_logits=False)
    return float(loss(y_true, network.predict(x, verbose=0)))
