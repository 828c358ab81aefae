# first message holds: has no loss
def shoe_network():
    return keras.Sequential([keras.layers.Input((8,)), keras.layers.Dense(4)])
