# first message holds: returned nothing
# refused by: suspects-precision
def rank_suspects(y_given, probabilities):
    return np.argsort((y_given * probabilities).sum(axis=1), kind="stable")


def precision_at_k(ranking, wrong, k):
    share = wrong[ranking[:k]].mean()
    print(share)
