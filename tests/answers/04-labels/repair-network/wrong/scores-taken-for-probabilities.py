# first message holds: does the loss know what the last layer returns
def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3)])
    network.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return network
