def clothes_network():
    def loss(labels, p):
        rows = keras.ops.one_hot(keras.ops.cast(keras.ops.reshape(labels, (-1,)), "int32"), 3)
        return keras.losses.categorical_crossentropy(rows, p)

    network = keras.Sequential(
        [keras.layers.Input((2,)), keras.layers.Dense(3, activation="softmax")]
    )
    network.compile(optimizer="adam", loss=loss)
    return network
