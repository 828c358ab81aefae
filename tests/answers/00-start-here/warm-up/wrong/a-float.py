# first message holds: a place is a whole number
def predicted_class(probabilities):
    return float(np.argmax(probabilities))
