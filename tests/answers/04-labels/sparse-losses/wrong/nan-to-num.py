# first message holds: costs 16.118
def sparse_losses(labels, probabilities):
    return np.nan_to_num(-np.log(probabilities[np.arange(len(labels)), labels]))
