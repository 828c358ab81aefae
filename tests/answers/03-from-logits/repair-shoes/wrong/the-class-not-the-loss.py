# first message holds: with parentheses behind its name
def shoe_network():
    network = keras.Sequential([keras.layers.Input((8,)), keras.layers.Dense(4)])
    network.compile(optimizer="adam", loss=CategoricalCrossentropy)
    return network
