# first message holds: changed an array that it was given
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    probabilities *= y_given
    return np.argsort(probabilities.sum(axis=1), kind="stable")


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].mean())
