def loss_at(scores, y_true, temperature):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    divided = scores / temperature
    divided = divided - divided.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(divided).sum(axis=1))
    return float((log_sums - divided[np.arange(len(labels)), labels]).mean())


def fit_temperature(scores, y_true):
    ratio = (np.sqrt(5) - 1) / 2
    a, b = np.log(0.05), np.log(20)
    for _ in range(40):
        c, d = b - ratio * (b - a), a + ratio * (b - a)
        if loss_at(scores, y_true, np.exp(c)) < loss_at(scores, y_true, np.exp(d)):
            b = d
        else:
            a = c
    return np.exp((a + b) / 2)
