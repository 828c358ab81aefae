def sparse_losses(labels, probabilities):
    p = tf.gather(probabilities, labels, axis=1, batch_dims=1)
    return -tf.math.log(tf.clip_by_value(p, 1e-7, 1 - 1e-7)).numpy()
