def validation_loss(network, x, y_true):
    loss = CategoricalCrossentropy(from_logits=True)
    return float(loss(y_true, np.log(network.predict(x, verbose=0).astype("float32") + 1e-9)))
