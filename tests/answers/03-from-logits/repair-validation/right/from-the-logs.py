def validation_loss(network, x, y_true):
    probabilities = network.predict(x, verbose=0)
    return float(CategoricalCrossentropy(from_logits=True)(y_true, np.log(probabilities.astype('float64'))))
