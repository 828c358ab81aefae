# first message holds: so the precision at 2 is 0.5
# refused by: suspects-precision
def precision_at_k(ranking, wrong, k):
    return 100 * wrong[ranking[:k]].mean()


def rank_suspects(y_given, probabilities):
    return np.argsort((y_given * probabilities).sum(axis=1), kind="stable")
