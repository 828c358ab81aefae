def expected_calibration_error(y_true, probabilities, bins=10):
    labels = np.argmax(y_true, axis=1) if np.ndim(y_true) == 2 else y_true
    confidence = np.max(probabilities, axis=1)
    right = np.argmax(probabilities, axis=1) == labels
    places = np.searchsorted(np.linspace(0, 1, bins + 1)[1:-1], confidence, side="left")
    signed = np.bincount(places, weights=right - confidence, minlength=bins)
    return np.abs(signed).sum() / len(confidence)
