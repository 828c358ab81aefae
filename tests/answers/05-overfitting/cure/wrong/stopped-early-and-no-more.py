# first message holds: of 10 points
def build_model():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, strides=2, activation="relu"),
            layers.Flatten(),
            layers.Dense(256, activation="relu"),
            layers.Dense(5, activation="softmax"),
        ]
    )


def hyperparameters():
    return {
        "optimizer": "sgd",
        "learning_rate": 0.1,
        "batch_size": 256,
        "epochs": 6,
        "patience": None,
    }
