def clothes_network():
    network = keras.Sequential(
        [
            keras.layers.Input((2,)),
            keras.layers.BatchNormalization(),
            keras.layers.Dropout(0.2),
            keras.layers.Dense(3),
            keras.layers.Activation("softmax"),
        ]
    )
    network.compile(optimizer="adam", loss=CategoricalCrossentropy(), metrics=["accuracy", "auc"])
    return network
