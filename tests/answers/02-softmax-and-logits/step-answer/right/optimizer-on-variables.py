def training_step(features, y_true, weights, bias, learning_rate):
    variables = [tf.Variable(weights), tf.Variable(bias)]
    with tf.GradientTape() as tape:
        scores = tf.constant(features) @ variables[0] + variables[1]
        loss = tf.reduce_mean(tf.nn.softmax_cross_entropy_with_logits(y_true, scores))
    for variable, slope in zip(variables, tape.gradient(loss, variables), strict=True):
        variable.assign_sub(learning_rate * slope)
    return loss.numpy(), variables[0].numpy(), variables[1].numpy()
