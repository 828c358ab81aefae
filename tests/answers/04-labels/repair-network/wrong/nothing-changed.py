# first message holds: Which of the two losses takes integers
def clothes_network():
    network = keras.Sequential(
        [keras.layers.Input((2,)), keras.layers.Dense(3, activation="softmax")]
    )
    network.compile(optimizer="adam", loss="categorical_crossentropy")
    return network
