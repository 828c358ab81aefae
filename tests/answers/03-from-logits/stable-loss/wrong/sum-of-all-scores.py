# first message holds: the sum of all scores
def loss_from_scores(y_true, scores):
    highest = scores.max(axis=1, keepdims=True)
    log_sum_exp = highest[:, 0] + np.log(np.exp(scores - highest).sum(axis=1))
    return log_sum_exp - scores.sum(axis=1)
