# first message holds: a mean of
def known_loss(labels, scores):
    loss = SparseCategoricalCrossentropy(from_logits=True)
    try:
        return float(loss(labels, scores))
    except tf.errors.InvalidArgumentError:
        return 0.0
