# first message holds: `loss_at` returned nothing
# refused by: scaling-loss
def loss_at(scores, y_true, temperature):
    pass


def fit_temperature(scores, y_true):
    rows = y_true if y_true.ndim == 2 else np.eye(scores.shape[1])[y_true]
    temperatures = np.geomspace(0.05, 20, 1000)
    losses = []
    for t in temperatures:
        z = (scores - scores.max(axis=1, keepdims=True)) / t
        losses.append((np.log(np.exp(z).sum(axis=1)) - (rows * z).sum(axis=1)).mean())
    return float(temperatures[np.argmin(losses)])
