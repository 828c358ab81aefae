def smoothed_loss_of(labels, scores, smoothing):
    rows = smooth_labels(to_one_hot(labels, scores.shape[1]), smoothing)
    return float(CategoricalCrossentropy(from_logits=True)(rows, scores))
