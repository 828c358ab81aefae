def build_model():
    def block(shape, filters):
        return keras.Sequential(
            [
                keras.Input(shape),
                layers.Conv2D(filters, 3, activation="relu"),
                layers.MaxPooling2D(),
                layers.Dropout(0.25),
            ]
        )

    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            block((28, 28, 1), 32),
            block((13, 13, 32), 64),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(5, activation="softmax"),
        ]
    )


def hyperparameters():
    return {
        "optimizer": "adam",
        "learning_rate": 1e-3,
        "batch_size": 128,
        "epochs": 30,
        "patience": 10,
    }
