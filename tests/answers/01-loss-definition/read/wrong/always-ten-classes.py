# first message holds: so 2.0 is worse
# refused by: read-guessing
def probability_from_loss(loss):
    return np.exp(-loss)


def better_than_guessing(loss, num_classes):
    return bool(loss < np.log(10))
