# first message holds: are your candidates close enough
# refused by: scaling-fit
def loss_at(scores, y_true, temperature):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    divided = scores / temperature
    divided = divided - divided.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(divided).sum(axis=1))
    return float((log_sums - divided[np.arange(len(labels)), labels]).mean())


def fit_temperature(scores, y_true):
    temperatures = np.arange(0.25, 20.25, 0.25)
    losses = [loss_at(scores, y_true, temperature) for temperature in temperatures]
    return float(temperatures[np.argmin(losses)])
