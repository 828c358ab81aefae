# first message holds: Without `bins` there are 10 bins
# refused by: calibration-error-number
def expected_calibration_error(y_true, probabilities, bins=None):
    labels = y_true.argmax(axis=1) if y_true.ndim == 2 else y_true
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    edges = np.linspace(0, 1, bins + 1 if bins else 10)  # ten edges are nine bins
    error = 0.0
    for low, high in zip(edges[:-1], edges[1:]):
        inside = (confidence > low) & (confidence <= high)
        if inside.any():
            error += inside.mean() * abs(right[inside].mean() - confidence[inside].mean())
    return error
