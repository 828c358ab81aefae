# first message holds: you need one number from each
def sparse_losses(labels, probabilities):
    p = np.clip(probabilities, 1e-7, 1 - 1e-7)
    return -np.log(p[:, labels])
