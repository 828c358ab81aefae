# first message holds: should raise a ValueError
def to_one_hot(labels, num_classes):
    return tf.one_hot(np.reshape(labels, -1).astype(int), num_classes).numpy()
