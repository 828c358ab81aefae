def training_step(features, y_true, weights, bias, learning_rate):
    scores = features @ weights + bias
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    slopes = (np.exp(logs) - y_true) / len(scores)
    loss = -np.mean(np.sum(y_true * logs, axis=1))
    return loss, weights - learning_rate * (features.T @ slopes), bias - learning_rate * slopes.sum(0)
