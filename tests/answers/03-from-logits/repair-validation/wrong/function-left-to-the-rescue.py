# first message holds: the softmax was taken twice
def validation_loss(network, x, y_true):
    losses = keras.losses.categorical_crossentropy(y_true, network(x), from_logits=True)
    return float(tf.reduce_mean(losses))
