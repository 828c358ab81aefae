# first message holds: the mean of two changes only half as much
# refused by: gradient-rows, gradient-integers
def loss_gradient(y_true, scores):
    if np.ndim(y_true) == 1:
        y_true = np.eye(scores.shape[1])[y_true]
    p = tf.nn.softmax(scores).numpy()
    return p - y_true
