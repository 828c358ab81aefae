# first message holds: a mean of
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True)
    return float(loss(labels + 1, np.pad(scores, ((0, 0), (0, 1)))))
