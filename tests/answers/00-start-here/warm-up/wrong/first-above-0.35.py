# first message holds: stands at place
def predicted_class(probabilities):
    return next((i for i, p in enumerate(probabilities) if p > 0.28), 0)
