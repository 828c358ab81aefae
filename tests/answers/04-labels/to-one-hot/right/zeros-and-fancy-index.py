def to_one_hot(labels, num_classes):
    flat = labels.ravel()
    whole = flat.astype(int)
    for label, one in zip(flat, whole):
        if label != one or one < 0 or one > num_classes - 1:
            raise ValueError("bad label: " + str(label))
    rows = np.zeros((flat.size, num_classes), dtype="float32")
    rows[np.arange(flat.size), whole] = 1
    return rows
