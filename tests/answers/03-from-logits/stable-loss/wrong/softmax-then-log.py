# first message holds: numerical error
def loss_from_scores(y_true, scores):
    highest = scores.max(axis=1, keepdims=True)
    powers = np.exp(scores - highest)
    return -(y_true * np.log(powers / powers.sum(axis=1, keepdims=True))).sum(axis=1)
