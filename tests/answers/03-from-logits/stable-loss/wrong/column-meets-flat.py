# first message holds: a column met a flat array
def loss_from_scores(y_true, scores):
    highest = scores.max(axis=1, keepdims=True)
    return highest + np.log(np.exp(scores - highest).sum(axis=1)) - (y_true * scores).sum(axis=1)
