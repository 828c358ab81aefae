# first message holds: subtract the label as it is
# refused by: gradient-rows
def loss_gradient(y_true, scores):
    if np.ndim(y_true) == 1:
        y_true = np.eye(scores.shape[1])[y_true]
    y_true = np.eye(scores.shape[1])[np.argmax(y_true, axis=1)]
    p = tf.nn.softmax(scores).numpy()
    return (p - y_true) / len(scores)
