# first message holds: the label was taken from the scores
# refused by: gradient-rows, gradient-integers
def loss_gradient(y_true, scores):
    if np.ndim(y_true) == 1:
        y_true = np.eye(scores.shape[1])[y_true]
    return (scores - y_true) / len(scores)
