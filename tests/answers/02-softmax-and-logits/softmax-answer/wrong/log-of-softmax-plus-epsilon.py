# first message holds: nothing added before the log
# refused by: log-softmax-test
def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def log_softmax(scores):
    return np.log(softmax(scores) + 1e-12)
