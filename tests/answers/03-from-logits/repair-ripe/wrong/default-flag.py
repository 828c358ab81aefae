# first message holds: do loss and last layer still belong together
def ripeness_network():
    network = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
    network.compile(
        optimizer="adam",
        loss=BinaryCrossentropy(),
        metrics=[keras.metrics.BinaryAccuracy(threshold=0)],
    )
    return network
