# first message holds: an argument of the loss
def shoe_network():
    network = keras.Sequential([keras.layers.Input((8,)), keras.layers.Dense(4, from_logits=True)])
    network.compile(optimizer="adam", loss="categorical_crossentropy")
    return network
