def loss_from_scores(y_true, scores):
    scores = scores.astype('float32')
    highest = scores.max(axis=1, keepdims=True)
    return highest[:, 0] + np.log(np.exp(scores - highest).sum(axis=1)) - (y_true * scores).sum(axis=1)
