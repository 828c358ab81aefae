# first message holds: not its first one
# refused by: softmax-test
def log_softmax(scores):
    z = scores - scores.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def softmax(scores):
    powers = np.exp(scores - scores[:, :1])
    return powers / powers.sum(axis=1, keepdims=True)
