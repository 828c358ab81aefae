# first message holds: take the scores of all classes by their shares
def loss_from_scores(y_true, scores):
    highest = scores.max(axis=1, keepdims=True)
    log_sum_exp = highest[:, 0] + np.log(np.exp(scores - highest).sum(axis=1))
    return log_sum_exp - scores[np.arange(len(scores)), y_true.argmax(axis=1)]
