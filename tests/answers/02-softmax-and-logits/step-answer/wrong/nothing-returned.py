# first message holds: returned nothing
# refused by: step-loss, step-weights
def training_step(features, y_true, weights, bias, learning_rate):
    scores = features @ weights + bias
    logs = tf.nn.log_softmax(scores).numpy()
    loss = -(y_true * logs).sum(axis=1).mean()
    slopes = (np.exp(logs) - y_true) / len(features)
    new_weights = weights - learning_rate * features.T @ slopes
    new_bias = bias - learning_rate * slopes.sum(axis=0)
    print(loss)
