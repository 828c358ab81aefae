def precision_at_k(ranking, wrong, k):
    return float(keras.ops.mean(keras.ops.cast(wrong[ranking][:k], "float32")))


def rank_suspects(y_given, probabilities):
    return np.argsort((y_given * probabilities).sum(axis=1), kind="stable")
