# first message holds: Three classes need three outputs
def clothes_network():
    network = keras.Sequential(
        [keras.layers.Input((2,)), keras.layers.Dense(4, activation="softmax")]
    )
    network.compile(optimizer="adam", loss="sparse_categorical_crossentropy")
    return network
