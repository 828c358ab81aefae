def rank_suspects(y_given, probabilities):
    of_label = np.clip((y_given * probabilities).sum(axis=1), 1e-7, 1)
    return np.argsort(-(-np.log(of_label)), kind="stable")


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].mean())
