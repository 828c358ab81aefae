# first message holds: it still stops
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True, ignore_class=0)
    return float(loss(labels, scores))
