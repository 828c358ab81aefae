def validation_loss(network, x, y_true):
    p = network.predict(x, verbose=0).astype("float64")
    return -float(np.mean(np.log(p[np.arange(len(p)), np.argmax(y_true, axis=1)])))
