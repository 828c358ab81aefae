def probability_from_loss(loss):
    return 0.5 ** (loss / np.log(2))


def better_than_guessing(loss, num_classes):
    return not loss >= np.log(num_classes)
