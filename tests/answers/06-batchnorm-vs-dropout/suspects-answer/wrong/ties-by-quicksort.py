# first message holds: the earlier example should
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    of_label = (y_given * probabilities).sum(axis=1)
    return np.lexsort((-np.arange(len(of_label)) % 7, of_label))


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].mean())
