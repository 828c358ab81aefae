# first message holds: you divided the scores themselves
# refused by: softmax-test
def softmax(scores):
    return scores / scores.sum(axis=1, keepdims=True)


def log_softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
