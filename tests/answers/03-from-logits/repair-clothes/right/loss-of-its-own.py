def clothes_network():
    def cross_entropy(y, scores):
        return tf.reduce_logsumexp(scores, axis=-1) - tf.reduce_sum(y * scores, axis=-1)

    network = keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3)])
    network.compile("adam", cross_entropy)
    return network
