def known_loss(labels, scores):
    rows = tf.boolean_mask(scores, labels >= 0)
    kept = tf.boolean_mask(labels, labels >= 0)
    return float(tf.reduce_mean(tf.nn.sparse_softmax_cross_entropy_with_logits(kept, rows)))
