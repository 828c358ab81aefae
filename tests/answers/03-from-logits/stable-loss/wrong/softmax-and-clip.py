# first message holds: nothing may be clipped
def loss_from_scores(y_true, scores):
    highest = scores.max(axis=1, keepdims=True)
    powers = np.exp(scores - highest)
    probabilities = np.clip(powers / powers.sum(axis=1, keepdims=True), 1e-7, 1 - 1e-7)
    return -(y_true * np.log(probabilities)).sum(axis=1)
