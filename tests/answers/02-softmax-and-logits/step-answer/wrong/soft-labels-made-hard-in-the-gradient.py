# first message holds: but not for soft labels
# refused by: step-weights
def training_step(features, y_true, weights, bias, learning_rate):
    scores = features @ weights + bias
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -(y_true * logs).sum(axis=1).mean()
    slopes = np.exp(logs)
    slopes[np.arange(len(scores)), y_true.argmax(axis=1)] -= 1
    slopes /= len(scores)
    return loss, weights - learning_rate * features.T @ slopes, bias - learning_rate * slopes.sum(0)
