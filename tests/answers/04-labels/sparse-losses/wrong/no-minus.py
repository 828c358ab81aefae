# first message holds: the minus is missing
def sparse_losses(labels, probabilities):
    p = np.clip(probabilities, 1e-7, 1 - 1e-7)
    return np.log(p[np.arange(len(labels)), labels])
