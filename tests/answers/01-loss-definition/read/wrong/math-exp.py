# first message holds: use np.exp, which works on arrays
# refused by: read-probability
def probability_from_loss(loss):
    import math

    return math.exp(-loss)


def better_than_guessing(loss, num_classes):
    return bool(loss < np.log(num_classes))
