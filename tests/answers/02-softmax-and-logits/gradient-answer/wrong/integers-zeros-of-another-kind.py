# first message holds: For the labels 1, 2, 0
# refused by: gradient-integers
def loss_gradient(y_true, scores):
    p = tf.nn.softmax(scores).numpy()
    if np.ndim(y_true) == 1:
        p[:, y_true] -= 1
    else:
        p -= y_true
    return p / len(scores)
