def ripeness_network():
    network = keras.Sequential(
        [keras.layers.Input((4,)), keras.layers.Dense(1), keras.layers.Activation("sigmoid")]
    )
    network.compile(
        optimizer="adam", loss="binary_crossentropy", metrics=[keras.metrics.BinaryAccuracy()]
    )
    return network
