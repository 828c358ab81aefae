# first message holds: does the loss know whether
def shoe_network():
    network = keras.Sequential([keras.layers.Input((8,)), keras.layers.Dense(4, activation='softmax')])
    network.compile(optimizer='adam', loss='mse')
    return network
