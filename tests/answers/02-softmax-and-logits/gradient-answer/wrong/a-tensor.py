# first message holds: should return a NumPy array
# refused by: gradient-rows, gradient-integers
def loss_gradient(y_true, scores):
    if np.ndim(y_true) == 1:
        y_true = np.eye(scores.shape[1])[y_true]
    return (tf.nn.softmax(scores) - y_true) / len(scores)
