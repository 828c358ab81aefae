# first message holds: as many places
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    of_label = (y_given * probabilities).sum(axis=1)
    said = probabilities.argmax(axis=1)
    places = np.flatnonzero(said != y_given.argmax(axis=1))
    return places[np.argsort(of_label[places], kind="stable")]


def precision_at_k(ranking, wrong, k):
    return float(wrong[ranking[:k]].mean())
