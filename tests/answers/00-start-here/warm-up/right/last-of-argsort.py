def predicted_class(probabilities):
    return np.argsort(probabilities)[-1]
