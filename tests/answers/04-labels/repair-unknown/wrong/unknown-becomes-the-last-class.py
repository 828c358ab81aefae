# first message holds: counted as one of class the last one
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True)
    return float(loss(labels % scores.shape[1], scores))
