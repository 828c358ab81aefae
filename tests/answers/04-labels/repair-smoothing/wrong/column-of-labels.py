# first message holds: same shape
def smoothed_loss_of(labels, scores, smoothing):
    loss = CategoricalCrossentropy(from_logits=True, label_smoothing=smoothing)
    return float(loss(labels[:, np.newaxis], scores))
