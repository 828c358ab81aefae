def weights_of_labels(labels, class_weight):
    weights = np.ones(labels.shape, dtype="float32")
    for k in class_weight:
        weights = np.where(labels == k, class_weight[k], weights)
    return weights
