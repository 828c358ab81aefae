def validation_loss(network, x, y_true):
    copy = keras.Sequential([network])
    copy.compile(loss=CategoricalCrossentropy())
    return copy.evaluate(x, y_true, verbose=0)
