def precision_at_k(ranking, wrong, k):
    found = 0
    for place in ranking[:k]:
        if wrong[place]:
            found += 1
    return found / k


def rank_suspects(y_given, probabilities):
    return np.argsort((y_given * probabilities).sum(axis=1), kind="stable")
