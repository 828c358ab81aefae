# first message holds: Accuracy is the same at every temperature
# refused by: scaling-fit
def loss_at(scores, y_true, temperature):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    divided = scores / temperature
    divided = divided - divided.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(divided).sum(axis=1))
    return float((log_sums - divided[np.arange(len(labels)), labels]).mean())


def fit_temperature(scores, y_true):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    temperatures = np.geomspace(0.05, 20, 1000)
    right = [((scores / t).argmax(axis=1) == labels).mean() for t in temperatures]
    return float(temperatures[np.argmax(right)])
