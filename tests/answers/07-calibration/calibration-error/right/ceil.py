def expected_calibration_error(y_true, probabilities, bins=10):
    labels = np.argmax(y_true, axis=-1) if np.ndim(y_true) > 1 else y_true
    confidence = np.max(probabilities, axis=-1)
    gap = (np.argmax(probabilities, axis=-1) == labels) - confidence
    number = np.ceil(np.round(confidence * bins, 9)).astype(int)
    return np.float32(np.abs(np.bincount(number, weights=gap)).sum() / len(gap))
