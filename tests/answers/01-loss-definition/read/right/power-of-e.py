def probability_from_loss(loss):
    return np.e ** -loss


def better_than_guessing(loss, num_classes):
    return bool(loss < np.log(num_classes))
