# first message holds: this is a sigmoid of each score
# refused by: softmax-test
def softmax(scores):
    return 1 / (1 + np.exp(-scores))


def log_softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
