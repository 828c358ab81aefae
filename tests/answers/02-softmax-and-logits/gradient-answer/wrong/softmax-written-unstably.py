# first message holds: use a softmax that takes scores of any size
# refused by: gradient-rows
def loss_gradient(y_true, scores):
    if np.ndim(y_true) == 1:
        y_true = np.eye(scores.shape[1])[y_true]
    powers = np.exp(scores)
    p = powers / powers.sum(axis=1, keepdims=True)
    return (p - y_true) / len(scores)
