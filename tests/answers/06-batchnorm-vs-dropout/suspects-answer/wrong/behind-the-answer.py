# first message holds: how far the label lies behind
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    of_label = (y_given * probabilities).sum(axis=1)
    return np.argsort(of_label - probabilities.max(axis=1), kind="stable")


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].mean())
