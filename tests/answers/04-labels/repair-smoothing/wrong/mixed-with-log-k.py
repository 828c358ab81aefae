# first message holds: the loss of these three pictures is
def smoothed_loss_of(labels, scores, smoothing):
    plain = float(SparseCategoricalCrossentropy(from_logits=True)(labels, scores))
    return (1 - smoothing) * plain + smoothing * float(np.log(scores.shape[1]))
