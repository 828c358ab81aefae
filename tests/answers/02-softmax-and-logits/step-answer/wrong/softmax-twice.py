# first message holds: the softmax was taken twice
# refused by: step-loss, step-weights
def training_step(features, y_true, weights, bias, learning_rate):
    p = tf.nn.softmax(features @ weights + bias)
    loss = float(CategoricalCrossentropy(from_logits=True)(y_true, p * 1.0))
    slopes = (tf.nn.softmax(p).numpy() - y_true) / len(features)
    return loss, weights - learning_rate * features.T @ slopes, bias - learning_rate * slopes.sum(0)
