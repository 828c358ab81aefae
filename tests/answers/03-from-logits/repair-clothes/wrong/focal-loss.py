# first message holds: is it the plain cross-entropy
def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3)])
    network.compile(
        optimizer="adam", loss=keras.losses.CategoricalFocalCrossentropy(from_logits=True)
    )
    return network
