# first message holds: has the shape (1,)
# refused by: read-probability
def probability_from_loss(loss):
    return np.exp(-np.atleast_1d(loss))


def better_than_guessing(loss, num_classes):
    return bool(loss < np.log(num_classes))
