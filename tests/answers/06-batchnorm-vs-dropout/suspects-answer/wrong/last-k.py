# first message holds: at the end of the ranking
# refused by: suspects-precision
def precision_at_k(ranking, wrong, k):
    return wrong[ranking[-k:]].mean()


def rank_suspects(y_given, probabilities):
    return np.argsort((y_given * probabilities).sum(axis=1), kind="stable")
