# first message holds: 0.7375 is the mean confidence
# refused by: calibration-error-number, calibration-error-edges, calibration-error-labels
def expected_calibration_error(y_true, probabilities, bins=10):
    return probabilities.max(axis=1).mean()
