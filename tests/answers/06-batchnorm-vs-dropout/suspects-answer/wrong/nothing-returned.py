# first message holds: returned nothing
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    ranking = np.argsort((y_given * probabilities).sum(axis=1), kind="stable")
    print(ranking)


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].mean())
