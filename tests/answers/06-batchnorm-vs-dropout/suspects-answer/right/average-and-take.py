def precision_at_k(ranking, wrong, k):
    return np.average(np.take(wrong, ranking[:k]))


def rank_suspects(y_given, probabilities):
    return np.argsort((y_given * probabilities).sum(axis=1), kind="stable")
