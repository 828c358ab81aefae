# first message holds: how sure the network is
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    return np.argsort(-probabilities.max(axis=1), kind="stable")


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].mean())
