# first message holds: 1 - loss
# refused by: read-probability
def probability_from_loss(loss):
    return np.clip(1 - loss, 0, 1)


def better_than_guessing(loss, num_classes):
    return bool(loss < np.log(num_classes))
