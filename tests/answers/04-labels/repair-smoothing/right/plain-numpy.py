def smoothed_loss_of(labels, scores, smoothing):
    k = scores.shape[1]
    shifted = scores - scores.max(axis=1, keepdims=True)
    logs = shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True))
    rows = (1 - smoothing) * np.eye(k)[labels] + smoothing / k
    return float(-(rows * logs).sum(axis=1).mean())
