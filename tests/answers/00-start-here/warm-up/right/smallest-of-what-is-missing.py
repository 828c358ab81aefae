def predicted_class(probabilities):
    return np.argmin(1 - np.array(probabilities))
