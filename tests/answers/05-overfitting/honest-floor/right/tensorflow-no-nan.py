def honest_floor(share_wrong, classes):
    import tensorflow as tf

    p = tf.constant([1 - share_wrong] + [share_wrong / (classes - 1)] * (classes - 1), tf.float64)
    return -tf.reduce_sum(tf.math.multiply_no_nan(tf.math.log(p), p)), p[0]
