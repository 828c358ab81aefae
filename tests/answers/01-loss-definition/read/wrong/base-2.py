# first message holds: base 2
# refused by: read-probability
def probability_from_loss(loss):
    return 2.0 ** -loss


def better_than_guessing(loss, num_classes):
    return bool(loss < np.log(num_classes))
