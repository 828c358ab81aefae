# first message holds: should return a NumPy array
# refused by: softmax-test
def softmax(scores):
    rows = [np.exp(row - row.max()) for row in scores]
    return [list(row / row.sum()) for row in rows]


def log_softmax(scores):
    shifted = scores - scores.max(axis=1, keepdims=True)
    return shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
