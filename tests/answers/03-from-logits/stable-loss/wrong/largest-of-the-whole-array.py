# first message holds: numerical error
def loss_from_scores(y_true, scores):
    m = scores.max()
    return m + np.log(np.exp(scores - m).sum(axis=1)) - (y_true * scores).sum(axis=1)
