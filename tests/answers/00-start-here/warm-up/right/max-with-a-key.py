def predicted_class(probabilities):
    return max(range(len(probabilities)), key=lambda place: probabilities[place])
