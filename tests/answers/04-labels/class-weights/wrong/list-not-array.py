# first message holds: should be an array
def weights_of_labels(labels, class_weight):
    return [float(class_weight.get(label, 1)) for label in labels.tolist()]
