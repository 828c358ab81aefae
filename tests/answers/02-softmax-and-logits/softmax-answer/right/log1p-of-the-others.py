def softmax(scores):
    return np.exp(log_softmax(scores))


def log_softmax(scores):
    """The largest power is 1, so the log of the sum is log1p of the others."""
    shifted = scores - scores.max(axis=1, keepdims=True)
    powers = np.sort(np.exp(shifted), axis=1)
    return shifted - np.log1p(powers[:, :-1].sum(axis=1, keepdims=True))
