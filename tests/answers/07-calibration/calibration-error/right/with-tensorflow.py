import tensorflow as tf


def expected_calibration_error(y_true, probabilities, bins=10):
    labels = tf.argmax(y_true, axis=1) if len(y_true.shape) == 2 else tf.cast(y_true, tf.int64)
    confidence = tf.reduce_max(probabilities, axis=1)
    right = tf.cast(tf.argmax(probabilities, axis=1) == labels, confidence.dtype)
    edges = tf.cast(np.linspace(0, 1, bins + 1), confidence.dtype)
    inside = tf.searchsorted(edges, confidence, side="left") - 1  # an upper edge is of its bin
    errors = tf.math.unsorted_segment_sum(right - confidence, inside, bins)
    return float(tf.reduce_sum(tf.abs(errors)) / len(y_true))
