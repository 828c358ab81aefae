# first message holds: True or False
# refused by: read-guessing
def probability_from_loss(loss):
    return np.exp(-loss)


def better_than_guessing(loss, num_classes):
    return int(loss < np.log(num_classes))
