# first message holds: the floor is 0.291
def lowest_loss(smoothing, num_classes):
    return 0.0
