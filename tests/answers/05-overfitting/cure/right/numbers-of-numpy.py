def build_model():
    return keras.Sequential(
        [
            keras.Input((28, 28, 1)),
            layers.Conv2D(32, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Dropout(0.25),
            layers.Conv2D(64, 3, activation="relu"),
            layers.MaxPooling2D(),
            layers.Dropout(0.25),
            layers.Flatten(),
            layers.Dense(64, activation="relu"),
            layers.Dropout(0.5),
            layers.Dense(5, activation="softmax"),
        ]
    )


def hyperparameters():
    import numpy as np

    return dict(
        patience=np.int64(10),
        epochs=np.int64(30),
        batch_size=np.int32(2**7),
        learning_rate=np.float32(1e-3),
        optimizer="Adam",
    )
