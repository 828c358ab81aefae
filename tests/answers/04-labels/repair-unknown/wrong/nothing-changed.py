# first message holds: it still stops
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True)
    return float(loss(labels, scores))
