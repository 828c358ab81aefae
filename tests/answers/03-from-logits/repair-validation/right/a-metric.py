def validation_loss(network, x, y_true):
    metric = keras.metrics.CategoricalCrossentropy()
    metric.update_state(y_true, network.predict(x, verbose=0))
    return float(metric.result())
