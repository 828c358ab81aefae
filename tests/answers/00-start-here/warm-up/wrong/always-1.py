# first message holds: stands at place 0
def predicted_class(probabilities):
    return 1
