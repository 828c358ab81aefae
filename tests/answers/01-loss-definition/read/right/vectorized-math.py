def probability_from_loss(loss):
    import math

    return np.vectorize(lambda one: math.exp(-one))(loss)


def better_than_guessing(loss, num_classes):
    return {-1.0: True, 0.0: False, 1.0: False}[np.sign(loss - np.log(num_classes))]
