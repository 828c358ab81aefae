# first message holds: an array
# refused by: read-probability
def probability_from_loss(loss):
    if np.ndim(loss) == 0:
        return np.exp(-loss)
    return [np.exp(-one) for one in loss]


def better_than_guessing(loss, num_classes):
    return bool(loss < np.log(num_classes))
