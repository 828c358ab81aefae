def softmax(scores):
    return np.exp2(log_softmax(scores) / np.log(2))


def log_softmax(scores):
    bits = (scores - scores.max(axis=1)[:, None]) / np.log(2)
    return (bits - np.log2(np.exp2(bits).sum(axis=1)[:, None])) * np.log(2)
