def to_one_hot(labels, num_classes):
    flat = np.ravel(labels)
    whole = np.rint(flat).astype(int)
    for given, rounded in zip(flat, whole):
        if given != rounded or not 0 <= rounded < num_classes:
            raise ValueError("no class of mine", given)
    rows = np.zeros((len(whole), num_classes), dtype=np.int8)
    np.put_along_axis(rows, whole[:, np.newaxis], 1, axis=1)
    return rows
