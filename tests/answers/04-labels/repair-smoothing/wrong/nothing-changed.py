# first message holds: unexpected keyword argument
def smoothed_loss_of(labels, scores, smoothing):
    loss = SparseCategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)
    return float(loss(labels, scores))
