# first message holds: sum along the classes
def loss_from_scores(y_true, scores):
    highest = scores.max(axis=0, keepdims=True)
    return highest[0] + np.log(np.exp(scores - highest).sum(axis=0)) - (y_true * scores).sum(axis=0)
