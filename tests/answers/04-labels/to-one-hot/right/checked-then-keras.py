def to_one_hot(labels, num_classes):
    flat = np.squeeze(labels, axis=1) if labels.ndim == 2 else labels
    for label in flat.tolist():
        if label < 0 or label >= num_classes or label % 1:
            raise ValueError(f"The label {label} is not a class.")
    return keras.utils.to_categorical(flat, num_classes)
