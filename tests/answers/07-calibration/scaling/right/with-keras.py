import keras


def loss_at(scores, y_true, temperature):
    divided = np.asarray(scores, dtype="float64") / temperature
    if np.ndim(y_true) == 2:
        each = keras.ops.categorical_crossentropy(y_true.astype("float64"), divided, from_logits=True)
    else:
        each = keras.ops.sparse_categorical_crossentropy(y_true, divided, from_logits=True)
    return float(np.mean(each))


def fit_temperature(scores, y_true):
    temperatures = np.geomspace(0.05, 20, 700)
    return temperatures[int(np.argmin([loss_at(scores, y_true, t) for t in temperatures]))]
