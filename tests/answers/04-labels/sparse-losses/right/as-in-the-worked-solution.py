def sparse_losses(labels, probabilities):
    of_truth = probabilities[np.arange(len(labels)), labels]
    return -np.log(np.clip(of_truth, 1e-7, 1 - 1e-7))
