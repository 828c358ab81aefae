# first message holds: The function uses tensorflow
def loss_from_scores(y_true, scores):
    return tf.nn.softmax_cross_entropy_with_logits(y_true, scores)
