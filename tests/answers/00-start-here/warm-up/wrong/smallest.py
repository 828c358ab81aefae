# first message holds: but you return 0
def predicted_class(probabilities):
    return int(np.argmin(probabilities))
