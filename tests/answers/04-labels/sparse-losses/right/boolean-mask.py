def sparse_losses(labels, probabilities):
    is_true_class = labels[:, np.newaxis] == np.arange(probabilities.shape[1])
    return np.negative(np.log(np.clip(probabilities[is_true_class], 1e-7, 1 - 1e-7)))
