# first message holds: go from 0 to 1
# refused by: calibration-error-number, calibration-error-edges
def expected_calibration_error(y_true, probabilities, bins=10):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    edges = np.linspace(confidence.min(), confidence.max(), bins + 1)
    edges[0] = -1
    total = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            total += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return total
