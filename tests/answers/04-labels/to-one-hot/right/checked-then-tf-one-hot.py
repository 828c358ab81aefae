def to_one_hot(labels, num_classes):
    flat = tf.reshape(labels, [-1]).numpy()
    ok = np.isin(flat, np.arange(num_classes))
    if not ok.all():
        raise ValueError(f"unknown labels {flat[~ok].tolist()}")
    return tf.one_hot(flat.astype("int32"), num_classes)
