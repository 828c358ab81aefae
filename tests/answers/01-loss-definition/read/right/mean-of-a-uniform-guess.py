def probability_from_loss(loss):
    return np.power(np.e, np.negative(loss))


def better_than_guessing(loss, num_classes):
    guess = np.full(num_classes, 1 / num_classes)
    return np.mean(-np.log(guess)) - loss > 0
