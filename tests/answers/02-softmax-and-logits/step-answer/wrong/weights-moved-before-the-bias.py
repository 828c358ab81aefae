# first message holds: take both gradients before anything moves
# refused by: step-weights
def training_step(features, y_true, weights, bias, learning_rate):
    logs = tf.nn.log_softmax(features @ weights + bias).numpy()
    loss = -(y_true * logs).sum(axis=1).mean()
    slopes = (np.exp(logs) - y_true) / len(features)
    new_weights = weights - learning_rate * features.T @ slopes
    again = tf.nn.softmax(features @ new_weights + bias).numpy() - y_true
    new_bias = bias - learning_rate * again.mean(axis=0)
    return loss, new_weights, new_bias
