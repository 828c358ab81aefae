def weights_of_labels(labels, class_weight):
    return np.array([class_weight.get(label, 1) for label in labels]).astype(float)
