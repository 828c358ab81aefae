# first message holds: returned nothing
# refused by: read-guessing
def probability_from_loss(loss):
    return np.exp(-loss)


def better_than_guessing(loss, num_classes):
    if loss < np.log(num_classes):
        return True
