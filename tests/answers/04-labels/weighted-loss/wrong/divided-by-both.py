# first message holds: by default, but you give
def weighted_loss(losses, weights, divide_by="batch"):
    total = np.average(losses, weights=weights) / len(losses)
    return float(total)
