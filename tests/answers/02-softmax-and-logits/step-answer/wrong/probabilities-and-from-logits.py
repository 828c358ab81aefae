# first message holds: the softmax was taken twice
# refused by: step-loss, step-weights
def training_step(features, y_true, weights, bias, learning_rate):
    w, b = tf.Variable(weights), tf.Variable(bias)
    with tf.GradientTape() as tape:
        loss = CategoricalCrossentropy(from_logits=True)(
            y_true, tf.nn.softmax(features @ w + b) * 1.0
        )
    dw, db = tape.gradient(loss, [w, b])
    return float(loss), (w - learning_rate * dw).numpy(), (b - learning_rate * db).numpy()
