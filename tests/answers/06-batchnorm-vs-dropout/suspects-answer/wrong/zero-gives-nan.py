# first message holds: 0 times the log of 0 is NaN
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    losses = -(y_given * np.log(probabilities)).sum(axis=1)
    return np.argsort(-losses, kind="stable")


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].mean())
