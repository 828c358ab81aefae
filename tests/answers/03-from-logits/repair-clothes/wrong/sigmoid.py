# first message holds: that is a sigmoid
def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3, activation='sigmoid')])
    network.compile(optimizer='adam', loss=CategoricalCrossentropy())
    return network
