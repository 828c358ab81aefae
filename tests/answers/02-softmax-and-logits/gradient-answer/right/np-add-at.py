def loss_gradient(y_true, scores):
    n, k = scores.shape
    slopes = keras.activations.softmax(tf.constant(scores)).numpy()
    if y_true.shape == (n, k):
        slopes -= y_true
    else:
        np.add.at(slopes, (np.arange(n), y_true), -1)
    slopes /= n
    return slopes
