# first message holds: not added again
def loss_from_scores(y_true, scores):
    highest = scores.max(axis=1, keepdims=True)
    return np.log(np.exp(scores - highest).sum(axis=1)) - (y_true * scores).sum(axis=1)
