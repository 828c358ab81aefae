def rank_suspects(y_given, probabilities):
    of_label = np.take_along_axis(probabilities, y_given.argmax(axis=1)[:, None], axis=1)[:, 0]
    return np.argsort(of_label, kind="mergesort")


def precision_at_k(ranking, wrong, k):
    return (np.cumsum(wrong[ranking]) / np.arange(1, len(ranking) + 1))[k - 1]
