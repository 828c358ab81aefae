# first message holds: That is 1 / loss
# refused by: read-probability
def probability_from_loss(loss):
    return 1 / loss


def better_than_guessing(loss, num_classes):
    return bool(loss < np.log(num_classes))
