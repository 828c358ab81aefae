# first message holds: this is the loss after the step
# refused by: step-loss
def training_step(features, y_true, weights, bias, learning_rate):
    slopes = (tf.nn.softmax(features @ weights + bias).numpy() - y_true) / len(features)
    new_weights = weights - learning_rate * features.T @ slopes
    new_bias = bias - learning_rate * slopes.sum(axis=0)
    logs = tf.nn.log_softmax(features @ new_weights + new_bias).numpy()
    return -(y_true * logs).sum(axis=1).mean(), new_weights, new_bias
