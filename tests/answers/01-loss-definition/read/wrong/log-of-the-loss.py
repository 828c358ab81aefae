# first message holds: took the log of the loss
# refused by: read-probability
def probability_from_loss(loss):
    return -np.log(loss)


def better_than_guessing(loss, num_classes):
    return bool(loss < np.log(num_classes))
