# first message holds: the softmax was taken twice
# refused by: log-softmax-test
def softmax(scores):
    z = np.exp(scores - scores.max(axis=1, keepdims=True))
    return z / z.sum(axis=1, keepdims=True)


def log_softmax(scores):
    p = softmax(scores)
    return p - np.log(np.exp(p).sum(axis=1, keepdims=True))
