def loss_gradient(y_true, scores):
    kind = SparseCategoricalCrossentropy if np.ndim(y_true) == 1 else CategoricalCrossentropy
    variable = tf.Variable(scores)
    with tf.GradientTape() as tape:
        loss = kind(from_logits=True)(y_true, variable)
    return tape.gradient(loss, variable).numpy()
