# first message holds: changed the probabilities
def predicted_class(probabilities):
    probabilities.sort()
    return 1
