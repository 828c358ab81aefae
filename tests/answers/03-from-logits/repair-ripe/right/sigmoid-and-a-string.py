def ripeness_network():
    network = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1, activation='sigmoid')])
    network.compile(optimizer='adam', loss='binary_crossentropy', metrics=['binary_accuracy'])
    return network
