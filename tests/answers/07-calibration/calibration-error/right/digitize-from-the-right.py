def expected_calibration_error(y_true, probabilities, bins=10):
    labels = y_true if y_true.ndim == 1 else np.where(y_true == 1)[1]
    confidence, answers = probabilities.max(1), probabilities.argmax(1)
    places = np.digitize(confidence, np.linspace(0, 1, bins + 1), right=True)
    total = 0
    for place in set(places.tolist()):
        chosen = places == place
        total = total + chosen.sum() * abs((answers == labels)[chosen].mean() - confidence[chosen].mean())
    return total / len(labels)
