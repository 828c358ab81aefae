# first message holds: does not run on one-hot rows
def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3)])
    network.compile(optimizer='adam', loss=SparseCategoricalCrossentropy(from_logits=True))
    return network
