# first message holds: have the weights 1, 2.5, 2.5, 3
def weights_of_labels(labels, class_weight):
    table = list(class_weight.values())
    return np.array([table[min(i, len(table) - 1)] for i in range(len(labels))], dtype=float)
