# first message holds: In [0.6, 0.1, 0.3]
def predicted_class(probabilities):
    return int(np.flatnonzero(np.diff(probabilities) > 0)[0]) + 1
