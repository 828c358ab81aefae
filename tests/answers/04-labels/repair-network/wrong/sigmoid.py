# first message holds: a sigmoid, tanh or relu
def clothes_network():
    network = keras.Sequential(
        [keras.layers.Input((2,)), keras.layers.Dense(3, activation="sigmoid")]
    )
    network.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return network
