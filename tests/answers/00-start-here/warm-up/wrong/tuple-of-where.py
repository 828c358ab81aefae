# first message holds: Return one number
def predicted_class(probabilities):
    return np.where(probabilities == probabilities.max())
