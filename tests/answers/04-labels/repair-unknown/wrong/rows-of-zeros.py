# first message holds: divided by all three pictures
def known_loss(labels, scores):
    rows = tf.one_hot(labels, scores.shape[1])
    return float(CategoricalCrossentropy(from_logits=True)(rows, scores))
