# first message holds: equally wide, not equally full
# refused by: calibration-error-number, calibration-error-edges
def expected_calibration_error(y_true, probabilities, bins=10):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    order = np.argsort(probabilities.max(axis=1), kind="stable")
    confidence = probabilities.max(axis=1)[order]
    right = (probabilities.argmax(axis=1) == labels)[order]
    total = 0.0
    for r, c in zip(np.array_split(right, bins), np.array_split(confidence, bins)):
        if len(r):
            total += len(r) / len(order) * abs(r.mean() - c.mean())
    return total
