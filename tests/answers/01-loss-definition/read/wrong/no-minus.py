# first message holds: You forgot the minus
# refused by: read-probability
def probability_from_loss(loss):
    return np.exp(loss)


def better_than_guessing(loss, num_classes):
    return bool(loss < np.log(num_classes))
