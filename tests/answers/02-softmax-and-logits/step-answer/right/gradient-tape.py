def training_step(features, y_true, weights, bias, learning_rate):
    w, b = tf.Variable(weights), tf.Variable(bias)
    with tf.GradientTape() as tape:
        losses = tf.nn.softmax_cross_entropy_with_logits(y_true, features @ w + b)
        loss = tf.reduce_mean(losses)
    for_weights, for_bias = tape.gradient(loss, [w, b])
    return loss, w - learning_rate * for_weights, b - learning_rate * for_bias
