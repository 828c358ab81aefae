def weights_of_labels(labels, class_weight):
    size = max([labels.max(), *class_weight]) + 1
    table = np.ones(size)
    for k, w in class_weight.items():
        table[k] = w
    return table[labels]
