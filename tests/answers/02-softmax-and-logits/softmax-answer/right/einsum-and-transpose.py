def softmax(scores):
    powers = np.exp(scores.T - scores.max(axis=1))
    return (powers / np.einsum("kn->n", powers)).T


def log_softmax(scores):
    shifted = scores.T - scores.max(axis=1)
    return (shifted - np.log(np.exp(shifted).sum(axis=0))).T
