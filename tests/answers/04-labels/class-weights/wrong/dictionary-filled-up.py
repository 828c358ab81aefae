# first message holds: changed the labels or the dictionary
def weights_of_labels(labels, class_weight):
    for label in labels.tolist():
        class_weight.setdefault(label, 1.0)
    return np.array([class_weight[label] for label in labels.tolist()], dtype=float)
