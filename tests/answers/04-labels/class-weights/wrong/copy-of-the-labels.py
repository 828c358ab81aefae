# first message holds: have the weights 1, 2.5, 2.5, 3
def weights_of_labels(labels, class_weight):
    weights = labels.astype(float)
    for k, w in class_weight.items():
        weights[weights == k] = w
    return weights
