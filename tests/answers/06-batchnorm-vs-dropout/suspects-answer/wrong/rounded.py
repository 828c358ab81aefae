# first message holds: so the ranking is 3, 4, 0, 2, 1
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    p = np.round((y_given * probabilities).sum(axis=1), 1)
    return np.argsort(p, kind="stable")


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
