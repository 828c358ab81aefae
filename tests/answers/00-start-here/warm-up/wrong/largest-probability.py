# first message holds: the largest probability itself
def predicted_class(probabilities):
    return np.max(probabilities)
