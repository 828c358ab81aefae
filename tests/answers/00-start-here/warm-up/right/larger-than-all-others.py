def predicted_class(probabilities):
    larger_than = probabilities[:, None] > probabilities
    return int(np.where(larger_than.sum(axis=1) == len(probabilities) - 1)[0][0])
