import tensorflow as tf


def compare(first, second):
    if len(first) != len(second):
        raise ValueError("seeds differ")
    differences = tf.constant(np.asarray(first, float) - np.asarray(second, float))
    seeds = len(differences)
    mean = float(tf.reduce_mean(differences))
    if seeds < 2:
        return mean, float("nan"), "cannot be told"
    variance = float(tf.reduce_sum((differences - mean) ** 2)) / (seeds - 1)
    error = (variance / seeds) ** 0.5
    if seeds < 5 or not abs(mean) > 3 * error:
        return mean, error, "cannot be told"
    return (mean, error, "first") if mean > 0 else (mean, error, "second")
