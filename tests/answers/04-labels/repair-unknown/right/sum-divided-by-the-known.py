def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True, ignore_class=-1, reduction="sum")
    return float(loss(labels, scores)) / int((labels != -1).sum())
