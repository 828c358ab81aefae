# first message holds: raises AssertionError instead of a ValueError
def to_one_hot(labels, num_classes):
    flat = labels.reshape(-1)
    assert ((flat >= 0) & (flat < num_classes) & (flat == np.rint(flat))).all(), f"{flat}"
    return np.eye(num_classes)[flat.astype(int)]
