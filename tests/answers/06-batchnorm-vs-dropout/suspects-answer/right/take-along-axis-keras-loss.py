import keras


def rank_suspects(y_given, probabilities):
    losses = keras.losses.CategoricalCrossentropy(reduction="none", dtype="float64")
    return np.argsort(-losses(y_given, probabilities).numpy(), kind="stable")


def precision_at_k(ranking, wrong, k):
    ranking = np.asarray(ranking)
    return wrong[ranking][:k].astype(float).sum() / k
