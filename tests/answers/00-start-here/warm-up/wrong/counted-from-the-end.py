# first message holds: but you return -2
def predicted_class(probabilities):
    return int(np.argmax(probabilities)) - len(probabilities)
