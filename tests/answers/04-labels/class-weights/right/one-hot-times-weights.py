def weights_of_labels(labels, class_weight):
    weights = np.full(len(labels), 1.0)
    for k, w in class_weight.items():
        weights += (labels == k) * (w - 1.0)
    return weights
