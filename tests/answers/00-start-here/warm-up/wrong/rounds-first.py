# first message holds: but you return
def predicted_class(probabilities):
    return int(np.round(probabilities).argmax())
