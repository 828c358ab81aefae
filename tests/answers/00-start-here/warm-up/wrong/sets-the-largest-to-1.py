# first message holds: changed the probabilities
def predicted_class(probabilities):
    place = int(np.argmax(probabilities))
    probabilities[place] = 1.0
    return place
