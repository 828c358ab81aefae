# first message holds: but the shape of your result is
# refused by: softmax-test
def softmax(scores):
    powers = np.exp(scores[0] - scores[0].max())
    return powers / powers.sum()


def log_softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
