import tensorflow as tf


def expected_calibration_error(y_true, probabilities, bins=10):
    labels = tf.argmax(y_true, axis=1) if len(y_true.shape) == 2 else tf.cast(y_true, tf.int64)
    confidence = tf.reduce_max(probabilities, axis=1)
    right = tf.cast(tf.argmax(probabilities, axis=1) == labels, confidence.dtype)
    edges = np.linspace(0, 1, bins + 1)
    error = tf.constant(0.0, confidence.dtype)
    for low, high in zip(edges[:-1], edges[1:]):
        inside = tf.cast((confidence > low) & (confidence <= high), confidence.dtype)
        error += tf.abs(tf.reduce_sum(inside * (right - confidence)))
    return float(error / len(y_true))
