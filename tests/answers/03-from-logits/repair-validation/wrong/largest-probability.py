# first message holds: not the largest one of the row
def validation_loss(network, x, y_true):
    return float(-np.log(network.predict(x, verbose=0).max(axis=1)).mean())
