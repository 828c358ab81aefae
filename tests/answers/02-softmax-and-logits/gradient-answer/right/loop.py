def loss_gradient(y_true, scores):
    slopes = np.zeros(scores.shape)
    for i, row in enumerate(scores):
        powers = np.exp(row - np.max(row))
        slopes[i] = powers / powers.sum()
        if np.ndim(y_true) == 1:
            slopes[i, y_true[i]] -= 1
        else:
            slopes[i] -= y_true[i]
    return slopes / len(scores)
