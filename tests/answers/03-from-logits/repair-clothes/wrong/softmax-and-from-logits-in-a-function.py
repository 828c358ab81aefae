# first message holds: only because Keras rescues it
def clothes_network():
    network = keras.Sequential(
        [keras.layers.Input((2,)), keras.layers.Dense(3, activation="softmax")]
    )
    network.compile(
        optimizer="adam",
        loss=lambda y, p: keras.losses.categorical_crossentropy(y, p, from_logits=True),
    )
    return network
