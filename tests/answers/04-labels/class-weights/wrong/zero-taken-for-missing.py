# first message holds: A weight of 0 is a weight too
def weights_of_labels(labels, class_weight):
    return np.array([class_weight.get(label) or 1 for label in labels.tolist()], dtype=float)
