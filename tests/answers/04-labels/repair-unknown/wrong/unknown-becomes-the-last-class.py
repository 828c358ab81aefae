# first message holds: counted as one of the last class
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True)
    return float(loss(labels % scores.shape[1], scores))
