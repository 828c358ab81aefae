def known_loss(labels, scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = np.flatnonzero(labels != -1)
    return float(-logs[rows, labels[rows]].mean())
