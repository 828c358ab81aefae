def predicted_class(probabilities):
    return max(enumerate(probabilities), key=lambda pair: pair[1])[0]
