def ripeness_network():
    network = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1, kernel_regularizer='l2')])
    network.compile(optimizer='adam', loss=BinaryCrossentropy(from_logits=True), metrics=[keras.metrics.BinaryAccuracy(threshold=0)])
    return network
