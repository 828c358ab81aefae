# first message holds: returned nothing
def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3)])
    return network.compile(optimizer='adam', loss=CategoricalCrossentropy(from_logits=True))
