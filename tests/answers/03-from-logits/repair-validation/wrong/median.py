# first message holds: the loss of the middle one
def validation_loss(network, x, y_true):
    p = (network.predict(x, verbose=0) * y_true).sum(axis=1)
    return float(np.median(-np.log(p)))
