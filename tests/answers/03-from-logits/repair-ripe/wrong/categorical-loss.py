# first message holds: belong together
def ripeness_network():
    network = keras.Sequential([keras.layers.Input((4,)), keras.layers.Dense(1)])
    network.compile(optimizer='adam', loss=CategoricalCrossentropy(from_logits=True), metrics=[keras.metrics.BinaryAccuracy(threshold=0)])
    return network
