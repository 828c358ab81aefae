def diagnose(outputs, loss):
    x = tf.cast(outputs, tf.float32)
    if x.shape[-1] == 1:
        return "neither"
    outside = bool(tf.reduce_any((x < -0.01) | (x > 1.01)))
    if not outside and bool(tf.reduce_any(tf.abs(tf.reduce_sum(x, -1) - 1) > 0.01)):
        return "neither"
    return ["wrong flag", "fits"][outside == loss.get_config()["from_logits"]]
