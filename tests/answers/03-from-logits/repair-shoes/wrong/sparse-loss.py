# first message holds: does not run on one-hot rows
def shoe_network():
    network = keras.Sequential([keras.layers.Input((8,)), keras.layers.Dense(4)])
    network.compile(optimizer='adam', loss=SparseCategoricalCrossentropy(from_logits=True))
    return network
