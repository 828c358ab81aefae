def weights_of_labels(labels, class_weight):
    return np.vectorize(lambda label: class_weight.get(label, 1.0), otypes=[float])(labels)
