def sparse_losses(labels, probabilities):
    p = np.take_along_axis(probabilities, labels[:, None], axis=1)[:, 0]
    return -np.log(np.minimum(np.maximum(p, 1e-7), 1 - 1e-7))
