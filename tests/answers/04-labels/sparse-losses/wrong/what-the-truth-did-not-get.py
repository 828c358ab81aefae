# first message holds: the losses are 0.357 and 0.693
def sparse_losses(labels, probabilities):
    p = np.clip(1 - probabilities, 1e-7, 1 - 1e-7)
    return -np.log(p[np.arange(len(labels)), labels])
