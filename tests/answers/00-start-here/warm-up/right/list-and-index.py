def predicted_class(probabilities):
    values = list(probabilities)
    return values.index(max(values))
