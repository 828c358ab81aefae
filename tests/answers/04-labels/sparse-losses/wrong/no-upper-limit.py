# first message holds: the clip has an upper limit too
def sparse_losses(labels, probabilities):
    of_truth = probabilities[np.arange(len(labels)), labels]
    return -np.log(np.maximum(of_truth, 1e-7))
