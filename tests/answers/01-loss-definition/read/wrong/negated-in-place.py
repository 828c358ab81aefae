# first message holds: changed the array of losses
# refused by: read-probability
def probability_from_loss(loss):
    loss *= -1
    return np.exp(loss)


def better_than_guessing(loss, num_classes):
    return bool(loss < np.log(num_classes))
