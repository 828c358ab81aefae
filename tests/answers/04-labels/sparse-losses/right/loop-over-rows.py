def sparse_losses(labels, probabilities):
    losses = []
    for label, row in zip(labels, probabilities):
        losses.append(-np.log(min(max(row[label], 1e-7), 1 - 1e-7)))
    return np.array(losses)
