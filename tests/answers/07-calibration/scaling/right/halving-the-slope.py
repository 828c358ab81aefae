def loss_at(scores, y_true, temperature):
    z = np.asarray(scores, dtype="float64") / temperature
    targets = y_true if np.ndim(y_true) == 2 else np.eye(z.shape[1])[y_true]
    return float(np.mean(np.logaddexp.reduce(z, axis=1) - np.sum(targets * z, axis=1)))


def fit_temperature(scores, y_true):
    low, high = np.log(0.05), np.log(20.0)
    while high - low > 1e-4:
        middle = (low + high) / 2
        rises = loss_at(scores, y_true, np.exp(middle + 1e-5)) > loss_at(scores, y_true, np.exp(middle))
        low, high = (low, middle) if rises else (middle, high)
    return float(np.exp((low + high) / 2))
