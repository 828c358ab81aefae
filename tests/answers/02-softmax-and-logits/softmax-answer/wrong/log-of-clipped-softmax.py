# first message holds: nothing may be
# refused by: log-softmax-test
def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def log_softmax(scores):
    return np.log(np.clip(softmax(scores), 1e-7, 1 - 1e-7))
