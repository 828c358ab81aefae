# first message holds: returned nothing
def loss_from_scores(y_true, scores):
    highest = scores.max(axis=1, keepdims=True)
    log_sum_exp = highest[:, 0] + np.log(np.exp(scores - highest).sum(axis=1))
    log_sum_exp - (y_true * scores).sum(axis=1)
