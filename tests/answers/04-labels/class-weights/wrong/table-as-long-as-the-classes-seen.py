# first message holds: stops with IndexError
def weights_of_labels(labels, class_weight):
    table = np.ones(labels.max() + 1)
    for k, w in class_weight.items():
        table[k] = w
    return table[labels]
