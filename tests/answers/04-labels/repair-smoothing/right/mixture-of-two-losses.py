def smoothed_loss_of(labels, scores, smoothing):
    k = scores.shape[1]
    plain = SparseCategoricalCrossentropy(from_logits=True)(labels, scores)
    uniform = CategoricalCrossentropy(from_logits=True)(np.full(scores.shape, 1 / k), scores)
    return float((1 - smoothing) * plain + smoothing * uniform)
