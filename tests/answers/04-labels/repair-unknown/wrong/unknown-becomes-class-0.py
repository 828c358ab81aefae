# first message holds: counted as one of class 0
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True)
    return float(loss(np.maximum(labels, 0), scores))
