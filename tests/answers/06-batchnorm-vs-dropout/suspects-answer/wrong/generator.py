# first message holds: 5 examples have as many places
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    p = (y_given * probabilities).sum(axis=1)
    return (i for i in np.argsort(p, kind="stable"))


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
