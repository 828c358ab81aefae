# first message holds: the softmax was taken twice
def validation_loss(network, x, y_true):
    return float(CategoricalCrossentropy(from_logits=True)(y_true, network(x)))
