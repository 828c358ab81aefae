# first message holds: one axis
def predicted_class(probabilities):
    return probabilities.argmax(axis=1)
