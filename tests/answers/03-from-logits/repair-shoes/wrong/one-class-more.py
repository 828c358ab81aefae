# first message holds: but the output has the shape
def shoe_network():
    network = keras.Sequential([keras.layers.Input((8,)), keras.layers.Dense(5)])
    network.compile(optimizer='adam', loss=CategoricalCrossentropy(from_logits=True))
    return network
