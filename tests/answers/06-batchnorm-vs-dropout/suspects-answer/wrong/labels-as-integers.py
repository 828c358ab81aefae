# first message holds: stopped with
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    return np.argsort(probabilities[np.arange(len(y_given)), y_given], kind="stable")


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].mean())
