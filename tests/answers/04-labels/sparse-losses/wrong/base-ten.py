# first message holds: to base 10
def sparse_losses(labels, probabilities):
    p = np.clip(probabilities, 1e-7, 1 - 1e-7)
    return -np.log10(p[np.arange(len(labels)), labels])
