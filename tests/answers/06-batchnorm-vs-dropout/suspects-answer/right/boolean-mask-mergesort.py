def rank_suspects(y_given, probabilities):
    with np.errstate(divide="ignore"):
        loss = -np.log(probabilities[y_given.astype(bool)])
    return np.argsort(loss * -1, kind="mergesort")


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
