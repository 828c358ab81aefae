def loss_gradient(y_true, scores):
    if len(np.shape(y_true)) == 1:
        y_true = keras.ops.convert_to_numpy(keras.ops.one_hot(y_true, scores.shape[1]))
    p = keras.ops.convert_to_numpy(keras.ops.softmax(scores))
    return (p - y_true) / y_true.shape[0]
