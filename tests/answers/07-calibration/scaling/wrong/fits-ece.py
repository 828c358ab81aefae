# first message holds: the loss is lower
# refused by: scaling-fit
def loss_at(scores, y_true, temperature):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    divided = scores / temperature
    divided = divided - divided.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(divided).sum(axis=1))
    return float((log_sums - divided[np.arange(len(labels)), labels]).mean())


def fit_temperature(scores, y_true):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    right = scores.argmax(axis=1) == labels
    temperatures = np.geomspace(0.05, 20, 1000)
    gaps = []
    for t in temperatures:
        p = np.exp((scores - scores.max(axis=1, keepdims=True)) / t)
        gaps.append(abs(right.mean() - (p / p.sum(axis=1, keepdims=True)).max(axis=1).mean()))
    return float(temperatures[np.argmin(gaps)])
