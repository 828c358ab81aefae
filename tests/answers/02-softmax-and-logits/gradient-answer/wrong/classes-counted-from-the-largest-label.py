# first message holds: whatever the largest label is
# refused by: gradient-integers
def loss_gradient(y_true, scores):
    if np.ndim(y_true) == 1:
        y_true = keras.utils.to_categorical(y_true)
    return (tf.nn.softmax(scores).numpy() - y_true) / len(scores)
