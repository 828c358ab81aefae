def clothes_network():
    class Classifier(keras.Model):
        def __init__(self):
            super().__init__()
            self.last = keras.layers.Dense(3)

        def call(self, x):
            return self.last(x)

    network = Classifier()
    network.build((None, 2))
    network.compile(optimizer="sgd", loss=CategoricalCrossentropy(from_logits=True))
    return network
