# first message holds: has no loss
def ripeness_network():
    return keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
