# first message holds: With a share of 0.2
def smoothed_loss_of(labels, scores, smoothing):
    loss = SparseCategoricalCrossentropy(from_logits=True)
    return (1 - smoothing) * float(loss(labels, scores))
