def diagnose(outputs, loss):
    numbers = tf.cast(outputs, tf.float64)
    if numbers.shape[-1] == 1:
        return "neither"
    flag = loss.get_config()["from_logits"]
    outside = tf.reduce_any((numbers < -0.01) | (numbers > 1.01))
    if outside:
        return "fits" if flag else "wrong flag"
    even = tf.reduce_all(tf.abs(tf.reduce_sum(numbers, axis=-1) - 1) <= 0.01)
    if not even:
        return "neither"
    return "wrong flag" if flag else "fits"
