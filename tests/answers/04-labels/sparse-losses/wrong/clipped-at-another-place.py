# first message holds: costs 16.118
def sparse_losses(labels, probabilities):
    p = np.clip(probabilities, 1e-5, 1)
    return -np.log(p[np.arange(len(labels)), labels])
