# first message holds: which rank each example has
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    of_label = (y_given * probabilities).sum(axis=1)
    return np.argsort(np.argsort(of_label, kind="stable"), kind="stable")


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].mean())
