# first message holds: changed the labels
def weights_of_labels(labels, class_weight):
    for k, w in class_weight.items():
        labels[labels == k] = w
    return labels.astype(float)
