# first message holds: the share of scores on the right side of 0.5
def ripeness_network():
    network = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
    network.compile(optimizer='adam', loss=BinaryCrossentropy(from_logits=True), metrics=[keras.metrics.BinaryAccuracy(threshold=0.5)])
    return network
