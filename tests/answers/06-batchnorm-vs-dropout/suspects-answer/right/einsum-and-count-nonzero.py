def rank_suspects(y_given, probabilities):
    return np.einsum("nk,nk->n", y_given, probabilities).argsort(kind="stable")


def precision_at_k(ranking, wrong, k):
    return np.count_nonzero(wrong[ranking[:k]]) / k
