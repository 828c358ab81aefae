# first message holds: 5 examples have as many places
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    return np.flatnonzero(y_given.argmax(1) != probabilities.argmax(1))


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
