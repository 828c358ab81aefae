def weights_of_labels(labels, class_weight):
    result = np.ones(labels.shape)
    for name, weight in class_weight.items():
        result[labels == name] = weight
    return result.astype(np.float32)
