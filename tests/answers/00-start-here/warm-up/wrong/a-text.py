# first message holds: you return the text
def predicted_class(probabilities):
    return str(int(np.argmax(probabilities)))
