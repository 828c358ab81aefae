# first message holds: one number, the temperature
# refused by: scaling-fit
def loss_at(scores, y_true, temperature):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    z = scores / temperature
    z = z - z.max(axis=1, keepdims=True)
    return float((np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels]).mean())


def fit_temperature(scores, y_true):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    temperatures = np.geomspace(0.05, 20, 1000)
    best = []
    for k in np.unique(labels):
        of_class = labels == k
        losses = [loss_at(scores[of_class], labels[of_class], t) for t in temperatures]
        best.append(temperatures[np.argmin(losses)])
    return np.array(best)
