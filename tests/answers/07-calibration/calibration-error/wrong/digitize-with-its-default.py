# first message holds: 1.0 got a bin of its own
# refused by: calibration-error-edges
def expected_calibration_error(y_true, probabilities, bins=10):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    places = np.digitize(confidence, np.linspace(0, 1, bins + 1))
    error = 0.0
    for place in np.unique(places):
        inside = places == place
        error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error
