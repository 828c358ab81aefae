# first message holds: take the mean of the logs
def validation_loss(network, x, y_true):
    p = (network.predict(x, verbose=0) * y_true).sum(axis=1)
    return float(-np.log(p.mean()))
