# first message holds: longer floats only move the limit
# refused by: softmax-test, log-softmax-test
def softmax(scores):
    powers = np.exp(scores.astype(np.longdouble))
    return powers / powers.sum(axis=1, keepdims=True)


def log_softmax(scores):
    return np.log(softmax(scores))
