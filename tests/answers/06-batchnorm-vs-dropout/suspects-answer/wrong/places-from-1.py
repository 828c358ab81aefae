# first message holds: counted from 1
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    return np.argsort((y_given * probabilities).sum(axis=1), kind="stable") + 1


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
