# first message holds: not whole
def to_one_hot(labels, num_classes):
    labels = np.rint(np.reshape(labels, -1))
    wrong = labels[(labels < 0) | (labels >= num_classes) | (labels != np.rint(labels))]
    if wrong.size > 0:
        raise ValueError(f"{wrong[0]} is not one of the classes 0 to {num_classes - 1}.")
    return np.eye(num_classes)[labels.astype(int)]
