def rank_suspects(y_given, probabilities):
    loss = 1 - (y_given * probabilities).sum(axis=1)
    n = len(loss)
    return n - 1 - np.argsort(loss[::-1], kind="stable")[::-1]


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
