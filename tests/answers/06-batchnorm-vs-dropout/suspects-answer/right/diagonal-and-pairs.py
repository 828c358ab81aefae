def rank_suspects(y_given, probabilities):
    p = np.diag(y_given @ probabilities.T)
    order = [(value, place) for place, value in enumerate(p)]
    order.sort()
    return tuple(place for _, place in order)


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
