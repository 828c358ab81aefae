def loss_gradient(y_true, scores):
    y_true = np.asarray(y_true)
    if y_true.ndim < 2:
        y_true = np.where(y_true[:, None] == np.arange(scores.shape[1])[None], 1.0, 0.0)
    logs = scores - np.logaddexp.reduce(scores, axis=1)[:, None]
    return np.subtract(np.exp(logs), y_true) / np.shape(scores)[0]
