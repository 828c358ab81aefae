# first message holds: each row has its own
# refused by: log-softmax-test
def softmax(scores):
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def log_softmax(scores):
    return scores - np.log(np.exp(scores).sum())
