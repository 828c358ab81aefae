# first message holds: changed the caller's weights
# refused by: step-weights
def training_step(features, y_true, weights, bias, learning_rate):
    logs = tf.nn.log_softmax(features @ weights + bias).numpy()
    loss = -(y_true * logs).sum(axis=1).mean()
    slopes = (np.exp(logs) - y_true) / len(features)
    weights -= learning_rate * features.T @ slopes
    bias -= learning_rate * slopes.sum(axis=0)
    return loss, weights, bias
