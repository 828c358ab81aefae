def rank_suspects(y_given, probabilities):
    import tensorflow as tf

    p = tf.reduce_sum(y_given * probabilities, axis=1)
    return tf.argsort(p, stable=True).numpy()


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
