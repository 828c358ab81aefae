# first message holds: the label was taken from the scores
def loss_gradient(y_true, scores):
    if np.ndim(y_true) == 1:
        y_true = np.eye(scores.shape[1])[y_true]
    return (scores - y_true) / len(scores)
