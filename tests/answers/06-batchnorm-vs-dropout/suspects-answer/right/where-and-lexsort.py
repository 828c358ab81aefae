def rank_suspects(y_given, probabilities):
    p = np.max(np.where(y_given > 0.5, probabilities, 0), axis=1)
    return np.lexsort((np.arange(len(p)), p)).tolist()


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
