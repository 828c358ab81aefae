def softmax(scores):
    return np.stack([np.exp(row - max(row)) / sum(np.exp(row - max(row))) for row in scores])


def log_softmax(scores):
    return np.vstack([row - max(row) - np.log(sum(np.exp(row - max(row)))) for row in scores])
