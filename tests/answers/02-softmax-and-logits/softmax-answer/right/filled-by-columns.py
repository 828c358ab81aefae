def softmax(scores):
    largest, total = np.max(scores, axis=1), 0
    for k in range(scores.shape[1]):
        total = total + np.exp(scores[:, k] - largest)
    result = np.empty(scores.shape)
    for k in range(scores.shape[1]):
        result[:, k] = np.exp(scores[:, k] - largest) / total
    return result


def log_softmax(scores):
    largest = np.max(scores, axis=1)
    total = np.exp(scores.T - largest).sum(axis=0)
    return (scores.T - largest - np.log(total)).T
