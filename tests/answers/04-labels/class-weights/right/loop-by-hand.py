def weights_of_labels(labels, class_weight):
    weights = []
    for label in labels:
        if label in class_weight:
            weights.append(float(class_weight[label]))
        else:
            weights.append(1.0)
    return np.asarray(weights)
