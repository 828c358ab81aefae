def loss_at(scores, y_true, temperature):
    total = 0.0
    for row, label in zip(np.asarray(scores, dtype=float), y_true):
        k = int(np.argmax(label)) if np.ndim(label) else int(label)
        behind = (row - row.max()) / temperature
        total += np.log(np.exp(behind).sum()) - behind[k]
    return total / len(scores)


def fit_temperature(scores, y_true):
    low, high = 0.05, 20.0
    while high / low > 1.002:
        left, right = low * (high / low) ** (1 / 3), low * (high / low) ** (2 / 3)
        if loss_at(scores, y_true, left) < loss_at(scores, y_true, right):
            high = right
        else:
            low = left
    return (low * high) ** 0.5
