def training_step(features, y_true, weights, bias, learning_rate):
    logs = tf.nn.log_softmax(np.einsum("nd,dk->nk", features, weights) + bias).numpy()
    slopes = (np.exp(logs) - y_true) / len(features)
    loss = -np.einsum("nk,nk->", y_true, logs) / len(features)
    change = np.einsum("nd,nk->dk", features, slopes)
    return loss, weights - learning_rate * change, bias - learning_rate * np.einsum("nk->k", slopes)
