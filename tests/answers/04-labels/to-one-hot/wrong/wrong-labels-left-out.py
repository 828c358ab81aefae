# first message holds: should raise a ValueError
def to_one_hot(labels, num_classes):
    labels = np.reshape(labels, -1)
    labels = labels[(labels >= 0) & (labels < num_classes) & (labels == np.rint(labels))]
    return np.eye(num_classes)[labels.astype(int)]
