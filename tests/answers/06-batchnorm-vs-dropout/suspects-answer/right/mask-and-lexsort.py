def rank_suspects(y_given, probabilities):
    of_label = probabilities[y_given == 1]
    return np.lexsort((np.arange(len(of_label)), of_label))


def precision_at_k(ranking, wrong, k):
    return np.mean(np.take(wrong, ranking)[:k])
