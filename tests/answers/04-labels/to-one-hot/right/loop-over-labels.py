def to_one_hot(labels, num_classes):
    rows = np.zeros((len(labels), num_classes))
    for place, label in enumerate(np.ravel(labels)):
        if label not in range(num_classes):
            raise ValueError(f"label {label}")
        rows[place, int(label)] = 1
    return rows
