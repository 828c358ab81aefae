# first message holds: but the output has the shape
def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(4)])
    network.compile(optimizer='adam', loss=CategoricalCrossentropy(from_logits=True))
    return network
