def expected_calibration_error(y_true, probabilities, bins=10):
    edges = np.linspace(0, 1, bins + 1)
    held = {}
    for label, row in zip(y_true, probabilities):
        true_class = int(np.argmax(label)) if np.ndim(label) else int(label)
        confidence = float(row.max())
        number = int(np.argmax(confidence <= edges))
        held.setdefault(number, []).append((int(row.argmax()) == true_class, confidence))
    total = 0.0
    for answers in held.values():
        right, says = np.mean(answers, axis=0)
        total += len(answers) / len(probabilities) * abs(right - says)
    return total
