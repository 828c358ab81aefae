# first message holds: so 2.0 is better
# refused by: read-guessing
def probability_from_loss(loss):
    return np.exp(-loss)


def better_than_guessing(loss, num_classes):
    return bool(np.exp(-loss) > 0.5)
