# first message holds: changed the scores
def loss_from_scores(y_true, scores):
    highest = scores.max(axis=1, keepdims=True)
    scores -= highest
    return np.log(np.exp(scores).sum(axis=1)) - (y_true * scores).sum(axis=1)
