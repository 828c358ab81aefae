# first message holds: return the *places*
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    return -np.log((y_given * probabilities).sum(axis=1))


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].mean())
