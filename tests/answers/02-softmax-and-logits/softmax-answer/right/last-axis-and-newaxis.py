def softmax(scores):
    powers = np.exp(scores - scores.max(axis=-1)[:, np.newaxis])
    return powers / powers.sum(axis=-1)[:, None]


def log_softmax(scores):
    m = np.max(scores, axis=-1).reshape(-1, 1)
    return scores - m - np.log(np.sum(np.exp(scores - m), axis=-1)).reshape(-1, 1)
