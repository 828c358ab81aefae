def softmax(scores):
    result = np.zeros(scores.shape)
    for i in range(len(scores)):
        powers = np.exp(scores[i] - scores[i].max())
        result[i] = powers / powers.sum()
    return result


def log_softmax(scores):
    result = np.zeros(scores.shape)
    for i in range(len(scores)):
        m = scores[i].max()
        result[i] = scores[i] - (m + np.log(np.exp(scores[i] - m).sum()))
    return result
