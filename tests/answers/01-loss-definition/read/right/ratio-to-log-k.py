def probability_from_loss(loss):
    return np.expm1(-loss) + 1


def better_than_guessing(loss, num_classes):
    return loss / np.log(num_classes) < 1
