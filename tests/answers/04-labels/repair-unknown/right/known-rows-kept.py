def known_loss(labels, scores):
    known = labels >= 0
    loss = SparseCategoricalCrossentropy(from_logits=True)
    return float(loss(labels[known], scores[known]))
