def predicted_class(probabilities):
    if len(probabilities) == 1:
        return 0
    best = predicted_class(probabilities[1:]) + 1
    return 0 if probabilities[0] >= probabilities[best] else best
