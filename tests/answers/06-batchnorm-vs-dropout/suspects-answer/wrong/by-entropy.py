# first message holds: so the ranking is 3, 4, 0, 2, 1
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    return np.argsort((probabilities * np.log(probabilities + 1e-9)).sum(axis=1), kind="stable")


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
