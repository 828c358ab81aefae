def expected_calibration_error(y_true, probabilities, bins=10):
    if y_true.shape == probabilities.shape:
        y_true = y_true.argmax(axis=1)
    order = np.argsort(probabilities.max(axis=1))
    confidence = probabilities.max(axis=1)[order]
    right = (probabilities.argmax(axis=1) == y_true)[order]
    cuts = np.searchsorted(confidence, np.linspace(0, 1, bins + 1)[1:-1], side="right")
    return sum(
        abs(r.sum() - c.sum()) / len(order)
        for r, c in zip(np.split(right, cuts), np.split(confidence, cuts))
    )
