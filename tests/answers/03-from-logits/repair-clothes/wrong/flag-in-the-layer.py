# first message holds: an argument of the loss
def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3, from_logits=True)])
    network.compile(optimizer="adam", loss="categorical_crossentropy")
    return network
