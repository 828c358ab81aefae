def predicted_class(probabilities):
    return probabilities.argmax()
