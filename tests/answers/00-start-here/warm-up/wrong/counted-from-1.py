# first message holds: You count from 1
def predicted_class(probabilities):
    return int(np.argmax(probabilities)) + 1
