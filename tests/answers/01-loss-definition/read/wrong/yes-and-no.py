# first message holds: of the type str
# refused by: read-guessing
def probability_from_loss(loss):
    return np.exp(-loss)


def better_than_guessing(loss, num_classes):
    return "yes" if loss < np.log(num_classes) else "no"
