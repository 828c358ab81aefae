# first message holds: the recall
# refused by: suspects-precision
def rank_suspects(y_given, probabilities):
    return np.argsort((y_given * probabilities).sum(axis=1), kind="stable")


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].sum() / wrong.sum())
