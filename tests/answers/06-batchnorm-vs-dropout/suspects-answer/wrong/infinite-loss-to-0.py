# first message holds: other classes got 0, too
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    loss = np.nan_to_num(-np.log((y_given * probabilities).sum(axis=1)), posinf=0)
    return np.argsort(-loss, kind="stable")


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
