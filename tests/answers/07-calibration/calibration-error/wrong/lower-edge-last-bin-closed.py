# first message holds: hold their lower edges, so that 0.5 and 0.75
# refused by: calibration-error-edges
def expected_calibration_error(y_true, probabilities, bins=10):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    signed, _ = np.histogram(confidence, bins=bins, range=(0, 1), weights=right - confidence)
    return np.abs(signed).sum() / len(confidence)
