# first message holds: should raise a ValueError
def to_one_hot(labels, num_classes):
    return keras.utils.to_categorical(labels, num_classes)
