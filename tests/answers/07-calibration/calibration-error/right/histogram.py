def expected_calibration_error(y_true, probabilities, bins=10):
    y_true, probabilities = np.asarray(y_true), np.asarray(probabilities, dtype=float)
    if y_true.ndim == 2:
        y_true = np.argmax(y_true, axis=-1)
    sure = np.max(probabilities, axis=-1)
    hit = (np.argmax(probabilities, axis=-1) == y_true).astype(float)
    # Seen from above, each bin is [a, b) again, as NumPy's own histograms have it.
    gaps, _ = np.histogram(1 - sure, bins=1 - np.linspace(0, 1, bins + 1)[::-1], weights=hit - sure)
    return float(np.sum(np.abs(gaps)) / len(sure))
