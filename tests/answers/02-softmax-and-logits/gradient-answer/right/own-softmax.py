def loss_gradient(y_true, scores):
    if np.ndim(y_true) == 1:
        y_true = np.eye(scores.shape[1])[y_true]
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return (powers / powers.sum(axis=1, keepdims=True) - y_true) / len(scores)
