# first message holds: changed the arrays
def known_loss(labels, scores):
    weights = (labels >= 0).astype(float)
    labels[labels < 0] = 0
    loss = SparseCategoricalCrossentropy(from_logits=True, reduction="mean_with_sample_weight")
    return float(loss(labels, scores, sample_weight=weights))
