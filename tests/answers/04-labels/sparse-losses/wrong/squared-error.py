# first message holds: the losses are 0.357 and 0.693
def sparse_losses(labels, probabilities):
    return (1 - probabilities[np.arange(len(labels)), labels]) ** 2
