# first message holds: a second activation
def clothes_network():
    network = keras.Sequential(
        [
            keras.layers.Input((2,)),
            keras.layers.Dense(3, activation="sigmoid"),
            keras.layers.Softmax(),
        ]
    )
    network.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return network
