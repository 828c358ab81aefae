# first message holds: should be floats
def weights_of_labels(labels, class_weight):
    weights = np.ones(len(labels), dtype=int)
    for k, w in class_weight.items():
        weights[labels == k] = w
    return weights
