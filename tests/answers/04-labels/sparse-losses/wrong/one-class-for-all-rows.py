# first message holds: in its own row
def sparse_losses(labels, probabilities):
    p = np.clip(probabilities, 1e-7, 1 - 1e-7)
    return -np.log(p[:, labels[0]])
