def probability_from_loss(loss):
    as_if_guessing_among = np.exp(loss)
    return 1 / as_if_guessing_among


def better_than_guessing(loss, num_classes):
    return np.exp(loss) < num_classes
