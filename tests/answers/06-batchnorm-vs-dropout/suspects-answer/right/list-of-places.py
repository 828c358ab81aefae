def rank_suspects(y_given, probabilities):
    scores = []
    for place, (label, row) in enumerate(zip(y_given, probabilities)):
        scores.append((float(np.dot(label, row)), place))
    return [place for _, place in sorted(scores)]


def precision_at_k(ranking, wrong, k):
    hits = 0
    for place in ranking[:k]:
        if wrong[place]:
            hits += 1
    return hits / k
