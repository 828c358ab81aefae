def training_step(features, y_true, weights, bias, learning_rate):
    scores = features @ weights + bias
    loss = CategoricalCrossentropy(from_logits=True)(y_true, scores)
    slopes = (tf.nn.softmax(scores) - y_true) / len(features)
    moved = weights - learning_rate * tf.matmul(features, slopes, transpose_a=True)
    return [loss.numpy(), moved.numpy(), bias - learning_rate * slopes.numpy().sum(axis=0)]
