# first message holds: the softmax goes over the examples
def shoe_network():
    network = keras.Sequential(
        [keras.layers.Input((8,)), keras.layers.Dense(4), keras.layers.Softmax(axis=0)]
    )
    network.compile(optimizer="adam", loss=CategoricalCrossentropy())
    return network
