# first message holds: has no loss
def clothes_network():
    return keras.Sequential([keras.layers.Input((2,)), keras.layers.Dense(3)])
