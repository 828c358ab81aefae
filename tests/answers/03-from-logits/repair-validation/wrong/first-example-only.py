# first message holds: the first picture alone
def validation_loss(network, x, y_true):
    p = network.predict(x, verbose=0)
    return float(-np.log(p[0, np.argmax(y_true[0])]))
