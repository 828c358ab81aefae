# first message holds: yours has the shape (1,)
def predicted_class(probabilities):
    return np.array([np.argmax(probabilities)])
