# first message holds: the softmax was taken twice
# refused by: softmax-test
def log_softmax(scores):
    z = scores - scores.max(axis=1, keepdims=True)
    return z - np.log(np.exp(z).sum(axis=1, keepdims=True))


def softmax(scores):
    p = scores
    for again in range(2):
        powers = np.exp(p - p.max(axis=1, keepdims=True))
        p = powers / powers.sum(axis=1, keepdims=True)
    return p
