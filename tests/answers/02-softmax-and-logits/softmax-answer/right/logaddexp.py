def softmax(scores):
    return np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))


def log_softmax(scores):
    return scores - np.logaddexp.reduce(scores, axis=1, keepdims=True)
