# first message holds: changed the labels
# refused by: gradient-rows
def loss_gradient(y_true, scores):
    if np.ndim(y_true) == 1:
        y_true = np.eye(scores.shape[1])[y_true]
    p = tf.nn.softmax(scores).numpy()
    y_true -= p
    return -y_true / len(scores)
