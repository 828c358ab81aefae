# first message holds: You smooth the integers themselves
def smoothed_loss_of(labels, scores, smoothing):
    smooth = labels * (1 - smoothing) + smoothing
    return float(SparseCategoricalCrossentropy(from_logits=True)(smooth, scores))
