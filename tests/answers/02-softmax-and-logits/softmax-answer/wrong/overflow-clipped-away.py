# first message holds: may be clipped
# refused by: softmax-test
def softmax(scores):
    powers = np.exp(np.clip(scores, -50, 50))
    return np.clip(powers / powers.sum(axis=1, keepdims=True), 1e-3, 1)


def log_softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
