# first message holds: do not take the log of a probability that became 0
# refused by: scaling-loss
def loss_at(scores, y_true, temperature):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    z = scores / temperature
    p = np.exp(z - z.max(axis=1, keepdims=True))
    p = p / p.sum(axis=1, keepdims=True)
    return float(-np.log(p[np.arange(len(labels)), labels]).mean())


def fit_temperature(scores, y_true):
    temperatures = np.geomspace(0.05, 20, 1000)
    losses = [loss_at(scores, y_true, temperature) for temperature in temperatures]
    return float(temperatures[np.argmin(losses)])
