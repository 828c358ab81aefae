# first message holds: brackets
def predicted_class(probabilities):
    return probabilities.argmax
