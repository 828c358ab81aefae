# first message holds: should be a float
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True, ignore_class=-1)
    return loss(labels, scores)
