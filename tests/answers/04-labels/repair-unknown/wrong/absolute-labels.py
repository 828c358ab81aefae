# first message holds: a mean of
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True)
    return float(loss(np.abs(labels), scores))
