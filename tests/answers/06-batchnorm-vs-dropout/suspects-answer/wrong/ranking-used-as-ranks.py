# first message holds: divide by k
# refused by: suspects-precision
def precision_at_k(ranking, wrong, k):
    return sum(wrong[i] for i in range(len(wrong)) if ranking[i] < k) / k


def rank_suspects(y_given, probabilities):
    return np.argsort((y_given * probabilities).sum(axis=1), kind="stable")
