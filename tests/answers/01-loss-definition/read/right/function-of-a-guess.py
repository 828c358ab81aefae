def probability_from_loss(loss):
    return np.exp(-loss)


def better_than_guessing(loss, num_classes):
    guess = -np.log(1 / num_classes)
    return loss < guess
