# first message holds: mean confidence equal to the accuracy
# refused by: scaling-fit
def loss_at(scores, y_true, temperature):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    z = scores / temperature
    z = z - z.max(axis=1, keepdims=True)
    return float((np.log(np.exp(z).sum(axis=1)) - z[np.arange(len(z)), labels]).mean())


def fit_temperature(scores, y_true):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    accuracy = (scores.argmax(axis=1) == labels).mean()
    temperatures = np.geomspace(0.05, 20, 1000)

    def confidence(t):
        p = np.exp((scores - scores.max(axis=1, keepdims=True)) / t)
        return (p.max(axis=1) / p.sum(axis=1)).mean()

    return float(min(temperatures, key=lambda t: abs(confidence(t) - accuracy)))
