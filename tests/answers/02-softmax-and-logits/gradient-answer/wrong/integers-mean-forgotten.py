# first message holds: For the labels 1, 2, 0
# refused by: gradient-integers
def loss_gradient(y_true, scores):
    p = tf.nn.softmax(scores).numpy()
    if np.ndim(y_true) == 2:
        return (p - y_true) / len(scores)
    return p - np.eye(scores.shape[1])[y_true]
