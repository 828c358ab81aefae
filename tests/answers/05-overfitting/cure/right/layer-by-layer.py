def build_model():
    network = keras.Sequential()
    network.add(keras.Input((28, 28, 1)))
    for filters in (32, 64):
        network.add(layers.Conv2D(filters, 3, activation="relu"))
        network.add(layers.MaxPooling2D())
        network.add(layers.Dropout(0.25))
    network.add(layers.Flatten())
    network.add(layers.Dense(64, activation="relu"))
    network.add(layers.Dropout(0.5))
    network.add(layers.Dense(5, activation="softmax"))
    return network


def hyperparameters():
    return {
        "optimizer": "adam",
        "learning_rate": 1e-3,
        "batch_size": 128,
        "epochs": 30,
        "patience": 10,
    }
