def training_step(features, y_true, weights, bias, learning_rate):
    wide = np.hstack([features, np.ones((len(features), 1))])
    tall = np.vstack([weights, bias])
    logs = tf.nn.log_softmax(wide @ tall).numpy()
    loss = -(y_true * logs).sum() / len(features)
    moved = tall - learning_rate * wide.T @ (np.exp(logs) - y_true) / len(features)
    return loss, moved[:-1], moved[-1]
