# first message holds: the softmax goes over the examples
def clothes_network():
    network = keras.Sequential(
        [keras.layers.Input((2,)), keras.layers.Dense(3), keras.layers.Softmax(axis=0)]
    )
    network.compile(optimizer="adam", loss=CategoricalCrossentropy())
    return network
