# first message holds: this only marks the largest score
# refused by: softmax-test
def softmax(scores):
    return np.eye(scores.shape[1])[scores.argmax(axis=1)]


def log_softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
