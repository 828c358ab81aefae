# first message holds: is it the plain cross-entropy
def shoe_network():
    network = keras.Sequential([keras.layers.Input((8,)), keras.layers.Dense(4)])
    network.compile(
        optimizer="adam", loss=keras.losses.CategoricalFocalCrossentropy(from_logits=True)
    )
    return network
