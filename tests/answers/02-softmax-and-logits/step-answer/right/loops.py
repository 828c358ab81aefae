def training_step(features, y_true, weights, bias, learning_rate):
    n, d = features.shape
    k = weights.shape[1]
    loss, for_weights, for_bias = 0.0, np.zeros((d, k)), np.zeros(k)
    for i in range(n):
        scores = [sum(features[i, j] * weights[j, c] for j in range(d)) + bias[c] for c in range(k)]
        m = max(scores)
        log_sum_exp = m + np.log(sum(np.exp(z - m) for z in scores))
        for c in range(k):
            loss -= y_true[i, c] * (scores[c] - log_sum_exp) / n
            slope = (np.exp(scores[c] - log_sum_exp) - y_true[i, c]) / n
            for_bias[c] += slope
            for j in range(d):
                for_weights[j, c] += features[i, j] * slope
    return loss, weights - learning_rate * for_weights, bias - learning_rate * for_bias
