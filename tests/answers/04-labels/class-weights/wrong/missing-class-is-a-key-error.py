# first message holds: class_weight.get(label, 1)
def weights_of_labels(labels, class_weight):
    return np.array([class_weight[label] for label in labels], dtype=float)
