# first message holds: Return one number
def predicted_class(probabilities):
    return {int(np.argmax(probabilities))}
