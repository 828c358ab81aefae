def loss_from_scores(y_true, scores):
    return np.logaddexp.reduce(scores, axis=1) - (y_true * scores).sum(axis=1)
