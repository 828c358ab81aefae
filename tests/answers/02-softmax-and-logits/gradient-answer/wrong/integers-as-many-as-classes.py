# first message holds: differs from GradientTape's
# refused by: gradient-integers
def loss_gradient(y_true, scores):
    if np.ndim(y_true) == 1:
        y_true = np.eye(max(y_true.max() + 1, 3))[y_true]
        y_true = np.pad(y_true, ((0, 0), (0, max(0, scores.shape[1] - y_true.shape[1]))))
        y_true = y_true[:, -scores.shape[1] :]
    p = tf.nn.softmax(scores).numpy()
    return (p - y_true) / len(scores)
