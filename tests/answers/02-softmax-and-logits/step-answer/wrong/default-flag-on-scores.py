# first message holds: from_logits=True
# refused by: step-loss, step-weights
def training_step(features, y_true, weights, bias, learning_rate):
    w, b = tf.Variable(weights), tf.Variable(bias)
    with tf.GradientTape() as tape:
        loss = CategoricalCrossentropy()(y_true, features @ w + b)
    dw, db = tape.gradient(loss, [w, b])
    return float(loss), (w - learning_rate * dw).numpy(), (b - learning_rate * db).numpy()
