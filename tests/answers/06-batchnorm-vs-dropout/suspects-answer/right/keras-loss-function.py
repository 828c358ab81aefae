def rank_suspects(y_given, probabilities):
    loss = keras.losses.categorical_crossentropy(y_given, probabilities)
    return np.argsort(-np.asarray(loss), kind="stable")


def precision_at_k(ranking, wrong, k):
    return wrong[ranking[:k]].mean()
