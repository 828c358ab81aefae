# first message holds: a second sigmoid
def ripeness_network():
    network = keras.Sequential(
        [
            keras.layers.Input((4,)),
            keras.layers.Dense(1, activation="sigmoid"),
            keras.layers.Activation("sigmoid"),
        ]
    )
    network.compile(optimizer="adam", loss=BinaryCrossentropy(), metrics=["accuracy"])
    return network
