# first message holds: below 0
def to_one_hot(labels, num_classes):
    labels = np.reshape(labels, -1)
    wrong = labels[(labels >= num_classes) | (labels != np.rint(labels))]
    if wrong.size > 0:
        raise ValueError(f"{wrong[0]} is not a class.")
    return np.eye(num_classes)[labels.astype(int)]
