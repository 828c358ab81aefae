def expected_calibration_error(y_true, probabilities, bins=10):
    held = {}
    for label, row in zip(y_true, probabilities):
        label = int(np.argmax(label)) if np.ndim(label) else int(label)
        confidence = float(max(row))
        answer = list(row).index(max(row))
        place = next(k for k in range(1, bins + 1) if confidence <= k / bins or k == bins)
        held.setdefault(place, []).append((confidence, answer == label))
    error = 0.0
    for pairs in held.values():
        sure = sum(c for c, _ in pairs) / len(pairs)
        right = sum(r for _, r in pairs) / len(pairs)
        error += len(pairs) / len(y_true) * abs(right - sure)
    return error
