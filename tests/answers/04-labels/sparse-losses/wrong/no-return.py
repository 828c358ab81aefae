# first message holds: does it end in a return
def sparse_losses(labels, probabilities):
    p = np.clip(probabilities, 1e-7, 1 - 1e-7)
    losses = -np.log(p[np.arange(len(labels)), labels])
