# first message holds: the loss without smoothing
def smoothed_loss_of(labels, scores, smoothing):
    return float(SparseCategoricalCrossentropy(from_logits=True)(labels, scores))
