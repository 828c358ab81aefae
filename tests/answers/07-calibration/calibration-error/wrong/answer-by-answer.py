# first message holds: comparing means over a bin rather than answer by answer
# refused by: calibration-error-number, calibration-error-edges
def expected_calibration_error(y_true, probabilities, bins=10):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    right = probabilities.argmax(axis=1) == labels
    return np.abs(right - probabilities.max(axis=1)).mean()
