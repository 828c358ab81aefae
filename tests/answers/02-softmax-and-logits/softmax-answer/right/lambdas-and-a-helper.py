shift = lambda rows: rows - np.amax(rows, -1, keepdims=True)
softmax = lambda scores: np.exp(shift(scores)) / np.exp(shift(scores)).sum(-1, keepdims=True)
log_softmax = lambda scores: shift(scores) - np.log(np.exp(shift(scores)).sum(-1, keepdims=True))
