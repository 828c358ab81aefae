def rank_suspects(y_given, probabilities):
    labels = y_given.argmax(axis=1)
    return np.array(sorted(range(len(labels)), key=lambda n: probabilities[n, labels[n]]))


def precision_at_k(ranking, wrong, k):
    return sum(bool(wrong[place]) for place in ranking[:k]) / k
