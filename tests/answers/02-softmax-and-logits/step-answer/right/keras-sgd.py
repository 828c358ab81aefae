def training_step(features, y_true, weights, bias, learning_rate):
    network = keras.Sequential(
        [keras.layers.Input((features.shape[1],)), keras.layers.Dense(weights.shape[1])]
    )
    network.set_weights([weights, bias])
    network.compile(
        optimizer=keras.optimizers.SGD(learning_rate=learning_rate),
        loss=CategoricalCrossentropy(from_logits=True),
        run_eagerly=True,
    )
    loss = network.train_on_batch(features, y_true)
    return loss, *network.get_weights()
