# first message holds: have the weights 1, 2.5, 2.5, 3
def weights_of_labels(labels, class_weight):
    weights = np.ones(len(labels))
    for k, w in class_weight.items():
        weights[labels + 1 == k] = w
    return weights
