# first message holds: subtract the largest score of each row
# refused by: scaling-loss, scaling-fit
def loss_at(scores, y_true, temperature):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    p = np.exp(scores / temperature)
    p = p / p.sum(axis=1, keepdims=True)
    return float(-np.log(p[np.arange(len(labels)), labels]).mean())


def fit_temperature(scores, y_true):
    temperatures = np.geomspace(0.05, 20, 1000)
    losses = [loss_at(scores, y_true, temperature) for temperature in temperatures]
    return float(temperatures[np.argmin(losses)])
