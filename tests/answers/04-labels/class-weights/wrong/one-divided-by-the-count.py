# first message holds: have the weights 1, 2.5, 2.5, 3
def weights_of_labels(labels, class_weight):
    return 1.0 / np.bincount(labels)[labels]
