# first message holds: below 0
def to_one_hot(labels, num_classes):
    return np.eye(num_classes)[np.reshape(labels, -1).astype(int)]
