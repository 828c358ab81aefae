# first message holds: The labels 0, 2, 2, 1
def weights_of_labels(labels, class_weight):
    counts = np.bincount(labels)
    return np.array(
        [class_weight.get(k, 1) * len(labels) / (len(counts) * counts[k]) for k in labels]
    )
