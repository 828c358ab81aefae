def softmax(scores):
    rows = []
    for row in scores.tolist():
        m = max(row)
        powers = [float(np.exp(score - m)) for score in row]
        rows.append([power / sum(powers) for power in powers])
    return np.array(rows)


def log_softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
