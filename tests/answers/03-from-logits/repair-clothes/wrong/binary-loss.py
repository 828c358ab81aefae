# first message holds: you took the binary loss
def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3)])
    network.compile(optimizer='adam', loss=BinaryCrossentropy(from_logits=True))
    return network
