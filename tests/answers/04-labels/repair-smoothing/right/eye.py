def smoothed_loss_of(labels, scores, smoothing):
    rows = np.eye(scores.shape[-1])[labels]
    return float(CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)(rows, scores))
