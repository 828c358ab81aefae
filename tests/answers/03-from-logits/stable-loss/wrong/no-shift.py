# first message holds: numerical error
def loss_from_scores(y_true, scores):
    return np.log(np.exp(scores).sum(axis=1)) - (y_true * scores).sum(axis=1)
