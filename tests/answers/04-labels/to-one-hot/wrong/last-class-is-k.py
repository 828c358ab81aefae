# first message holds: label 3 is above 2
def to_one_hot(labels, num_classes):
    labels = np.reshape(labels, -1)
    wrong = labels[(labels < 0) | (labels > num_classes) | (labels != np.rint(labels))]
    if wrong.size > 0:
        raise ValueError(f"{wrong[0]} is not a class.")
    return (labels[:, None] == np.arange(num_classes)).astype(float)
