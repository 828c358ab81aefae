# first message holds: 0.3012
# refused by: read-probability
def probability_from_loss(loss):
    return np.round(np.exp(-loss), 2)


def better_than_guessing(loss, num_classes):
    return bool(loss < np.log(num_classes))
