# first message holds: returned nothing
def predicted_class(probabilities):
    int(np.argmax(probabilities))
