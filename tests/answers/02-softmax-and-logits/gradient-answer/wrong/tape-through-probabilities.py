# first message holds: clip nothing
# refused by: gradient-rows
def loss_gradient(y_true, scores):
    if np.ndim(y_true) == 1:
        y_true = np.eye(scores.shape[1])[y_true]
    scores = tf.constant(scores)
    with tf.GradientTape() as tape:
        tape.watch(scores)
        loss = CategoricalCrossentropy()(y_true, tf.nn.softmax(scores, name="p") * 1.0)
    return tape.gradient(loss, scores).numpy()
