# first message holds: belong together
def ripeness_network():
    network = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1, activation='sigmoid')])
    network.compile(optimizer='adam', loss='mse', metrics=['accuracy'])
    return network
