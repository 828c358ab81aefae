def clothes_network():
    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3)])
    network.compile(
        optimizer="adam", loss=lambda y, z: tf.nn.softmax_cross_entropy_with_logits(y, z)
    )
    return network
