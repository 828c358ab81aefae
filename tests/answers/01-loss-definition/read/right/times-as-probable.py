def probability_from_loss(loss):
    return np.exp2(-loss * np.log2(np.e))


def better_than_guessing(loss, num_classes):
    times_as_probable = probability_from_loss(loss) * num_classes
    if times_as_probable > 1:
        return True
    return False
