# first message holds: compile
def clothes_network():
    return keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3, activation="softmax")])
