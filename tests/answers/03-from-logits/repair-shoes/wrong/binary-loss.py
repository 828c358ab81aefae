# first message holds: you took the binary loss
def shoe_network():
    network = keras.Sequential([keras.layers.Input((8,)), keras.layers.Dense(4)])
    network.compile(optimizer='adam', loss=BinaryCrossentropy(from_logits=True))
    return network
