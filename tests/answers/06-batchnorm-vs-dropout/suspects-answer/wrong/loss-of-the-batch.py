# first message holds: 5 examples have as many places
# refused by: suspects-ranking
def rank_suspects(y_given, probabilities):
    loss = keras.losses.CategoricalCrossentropy()(y_given, probabilities)
    return np.argsort(-loss)


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
