def to_one_hot(labels, num_classes):
    rows = []
    for label in labels.reshape(-1):
        if not (0 <= label < num_classes) or int(label) != label:
            raise ValueError(f"{label}")
        rows.append([int(label == k) for k in range(num_classes)])
    return np.array(rows)
