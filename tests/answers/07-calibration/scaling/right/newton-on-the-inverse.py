def loss_at(scores, y_true, temperature):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    divided = scores / temperature
    divided = divided - divided.max(axis=1, keepdims=True)
    log_sums = np.log(np.exp(divided).sum(axis=1))
    return float((log_sums - divided[np.arange(len(labels)), labels]).mean())


def fit_temperature(scores, y_true):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    of_truth = scores[np.arange(len(labels)), labels]

    def slope(inverse):
        z = scores * inverse
        p = np.exp(z - z.max(axis=1, keepdims=True))
        p = p / p.sum(axis=1, keepdims=True)
        return ((p * scores).sum(axis=1) - of_truth).mean()

    low, high = 1 / 20, 1 / 0.05  # of the inverse temperature: the loss is convex in it
    for _ in range(60):
        middle = (low + high) / 2
        if slope(middle) < 0:
            low = middle
        else:
            high = middle
    return 2 / (low + high)
