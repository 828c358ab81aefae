# first message holds: does the loss know whether
def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3, activation='softmax')])
    network.compile(optimizer='adam', loss='mse')
    return network
