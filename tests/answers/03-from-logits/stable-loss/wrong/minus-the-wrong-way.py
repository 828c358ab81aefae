# first message holds: a minus is wrong
def loss_from_scores(y_true, scores):
    highest = scores.max(axis=1, keepdims=True)
    log_sum_exp = highest[:, 0] + np.log(np.exp(scores - highest).sum(axis=1))
    return (y_true * scores).sum(axis=1) - log_sum_exp
