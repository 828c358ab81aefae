def training_step(features, y_true, weights, bias, learning_rate):
    new_weights, new_bias = weights.copy(), bias.copy()
    slopes = loss_gradient(y_true, features @ weights + bias)
    new_weights -= learning_rate * np.dot(features.T, slopes)
    new_bias -= learning_rate * np.ones(len(features)) @ slopes
    return -np.mean((y_true * log_softmax(features @ weights + bias)).sum(1)), new_weights, new_bias
