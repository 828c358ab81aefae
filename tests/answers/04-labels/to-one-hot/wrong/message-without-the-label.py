# first message holds: should contain the label
def to_one_hot(labels, num_classes):
    labels = np.reshape(labels, -1)
    if np.any((labels < 0) | (labels >= num_classes) | (labels != np.rint(labels))):
        raise ValueError("There are wrong labels.")
    return np.eye(num_classes)[labels.astype(int)]
