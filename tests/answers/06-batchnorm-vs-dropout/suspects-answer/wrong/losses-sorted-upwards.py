# first message holds: least suspicious comes first
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    losses = -np.log((y_given * probabilities).sum(axis=1))
    return np.argsort(losses, kind="stable")


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].mean())
