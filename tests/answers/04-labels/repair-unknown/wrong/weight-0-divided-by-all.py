# first message holds: divided by all three pictures
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True)
    return float(loss(np.maximum(labels, 0), scores, sample_weight=(labels >= 0).astype(float)))
