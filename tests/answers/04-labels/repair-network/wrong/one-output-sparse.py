# first message holds: Three classes need three outputs
def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(1)])
    network.compile(optimizer="adam", loss=SparseCategoricalCrossentropy(from_logits=True))
    return network
