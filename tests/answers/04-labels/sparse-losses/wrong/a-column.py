# first message holds: a column
def sparse_losses(labels, probabilities):
    clipped = np.clip(probabilities, 1e-7, 1 - 1e-7)
    return -np.log(np.take_along_axis(clipped, labels[:, np.newaxis], axis=1))
