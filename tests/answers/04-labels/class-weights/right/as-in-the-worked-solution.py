def weights_of_labels(labels, class_weight):
    weights = np.ones(len(labels))
    for wanted, weight in class_weight.items():
        weights[labels == wanted] = weight
    return weights
