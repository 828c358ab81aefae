def rank_suspects(y_given, probabilities):
    labels = y_given.argmax(axis=1)
    p = probabilities[np.arange(len(labels)), labels]
    return np.array(sorted(range(len(p)), key=p.__getitem__))


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
