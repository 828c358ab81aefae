# first message holds: of the type float64
# refused by: read-guessing
def probability_from_loss(loss):
    return np.exp(-loss)


def better_than_guessing(loss, num_classes):
    return np.log(num_classes) - loss
