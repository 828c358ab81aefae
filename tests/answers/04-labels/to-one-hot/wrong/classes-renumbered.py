# first message holds: 2.0 is class 2
def to_one_hot(labels, num_classes):
    flat = labels.reshape(-1)
    wrong = flat[(flat < 0) | (flat >= num_classes) | (flat != np.rint(flat))]
    if wrong.size:
        raise ValueError(f"not a class: {wrong[0]}")
    _, place = np.unique(flat, return_inverse=True)
    return np.eye(num_classes)[place]
