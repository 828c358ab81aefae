# first message holds: with parentheses behind its name
def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3)])
    network.compile(optimizer="adam", loss=CategoricalCrossentropy)
    return network
