# first message holds: make one-hot rows
# refused by: gradient-integers
def loss_gradient(y_true, scores):
    p = tf.nn.softmax(scores).numpy()
    return (p - y_true) / len(scores)
