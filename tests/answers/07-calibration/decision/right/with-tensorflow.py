import tensorflow as tf


def decide(probabilities, costs):
    expected = tf.matmul(probabilities, tf.cast(costs, probabilities.dtype), transpose_b=True)
    return tf.argmin(expected, axis=1).numpy()


def mean_cost(decisions, y_true, costs):
    return float(tf.reduce_mean(tf.gather_nd(costs.astype("float64"), np.stack([decisions, y_true], axis=1))))
