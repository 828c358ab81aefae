# first message holds: not its first one
# refused by: log-softmax-test
def softmax(scores):
    z = np.exp(scores - scores.max(axis=1, keepdims=True))
    return z / z.sum(axis=1, keepdims=True)


def log_softmax(scores):
    shifted = scores - scores[:, :1]
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
