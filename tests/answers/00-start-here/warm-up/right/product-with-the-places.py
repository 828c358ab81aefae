def predicted_class(probabilities):
    return np.arange(len(probabilities)) @ (probabilities == probabilities.max())
