# first message holds: counted as one of the last class
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True, reduction="mean_with_sample_weight")
    return float(loss(np.maximum(labels, 0), scores, sample_weight=labels + 1.0))
