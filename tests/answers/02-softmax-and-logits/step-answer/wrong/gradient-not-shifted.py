# first message holds: in the gradient as well
# refused by: step-weights
def training_step(features, y_true, weights, bias, learning_rate):
    scores = features @ weights + bias
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    loss = -(y_true * logs).sum(axis=1).mean()
    powers = np.exp(scores)
    slopes = (powers / powers.sum(axis=1, keepdims=True) - y_true) / len(scores)
    return loss, weights - learning_rate * features.T @ slopes, bias - learning_rate * slopes.sum(0)
