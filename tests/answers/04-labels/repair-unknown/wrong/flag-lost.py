# first message holds: The scores are raw
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(ignore_class=-1)
    return float(loss(labels, scores))
