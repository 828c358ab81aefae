# first message holds: still stops
def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3)])
    network.compile(optimizer="adam", loss="categorical_hinge")
    return network
