def predicted_class(probabilities):
    return int(np.flatnonzero(probabilities == probabilities.max())[0])
