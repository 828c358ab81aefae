# first message holds: should be True
# refused by: read-guessing
def probability_from_loss(loss):
    return np.exp(-loss)


def better_than_guessing(loss, num_classes):
    return bool(loss > np.log(num_classes))
