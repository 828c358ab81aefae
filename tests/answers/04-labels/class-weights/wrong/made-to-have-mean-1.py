# first message holds: have the weights 1, 2.5, 2.5, 3
def weights_of_labels(labels, class_weight):
    weights = np.array([class_weight.get(label, 1.0) for label in labels.tolist()], dtype=float)
    return weights / weights.mean()
