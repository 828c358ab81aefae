# first message holds: both true classes got 0.8
def validation_loss(network, x, y_true):
    p = (network.predict(x, verbose=0) * y_true).sum(axis=1)
    return float(np.mean(1 - p))
