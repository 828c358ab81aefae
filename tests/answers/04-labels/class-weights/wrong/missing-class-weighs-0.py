# first message holds: has the weight 1: 1, 5, 5
def weights_of_labels(labels, class_weight):
    weights = np.zeros(len(labels))
    for k, w in class_weight.items():
        weights[labels == k] = w
    return weights
