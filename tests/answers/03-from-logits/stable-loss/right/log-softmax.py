def loss_from_scores(y_true, scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    return -(y_true * logs).sum(axis=1)
