# first message holds: changed the arrays
def sparse_losses(labels, probabilities):
    np.clip(probabilities, 1e-7, 1 - 1e-7, out=probabilities)
    return -np.log(probabilities[np.arange(len(labels)), labels])
