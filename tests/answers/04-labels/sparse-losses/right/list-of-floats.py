def sparse_losses(labels, probabilities):
    p = np.clip(probabilities, 1e-7, 1 - 1e-7)
    return [-float(np.log(p[i, k])) for i, k in enumerate(labels)]
