# first message holds: 4 labels have 4 weights
def weights_of_labels(labels, class_weight):
    return np.array([class_weight.get(k, 1.0) for k in range(labels.max() + 1)], dtype=float)
