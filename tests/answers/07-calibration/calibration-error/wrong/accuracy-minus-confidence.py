# first message holds: over all answers at once
# refused by: calibration-error-number, calibration-error-edges, calibration-error-labels
def expected_calibration_error(y_true, probabilities, bins=10):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    accuracy = (probabilities.argmax(axis=1) == labels).mean()
    return abs(accuracy - probabilities.max(axis=1).mean())
