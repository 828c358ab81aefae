# first message holds: what does the metric compare with what
def ripeness_network():
    network = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
    network.compile(
        optimizer="adam",
        loss=BinaryCrossentropy(from_logits=True),
        metrics=[keras.metrics.BinaryAccuracy(threshold=-0.5)],
    )
    return network
