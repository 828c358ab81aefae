def predicted_class(probabilities):
    return int(np.argmax(probabilities))
