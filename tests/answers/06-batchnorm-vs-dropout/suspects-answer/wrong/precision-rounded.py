# first message holds: the precision at 3 is
# refused by: suspects-precision
def precision_at_k(ranking, wrong, k):
    return round(wrong[ranking[:k]].mean(), 1)


def rank_suspects(y_given, probabilities):
    return np.argsort((y_given * probabilities).sum(axis=1), kind="stable")
