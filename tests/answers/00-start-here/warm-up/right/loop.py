def predicted_class(probabilities):
    best = 0
    for place in range(len(probabilities)):
        if probabilities[place] > probabilities[best]:
            best = place
    return best
