# first message holds: does it end in return network
def clothes_network():
    network = keras.Sequential(
        [keras.layers.Input((2,)), keras.layers.Dense(3, activation="softmax")]
    )
    return network.compile(loss="sparse_categorical_crossentropy")
