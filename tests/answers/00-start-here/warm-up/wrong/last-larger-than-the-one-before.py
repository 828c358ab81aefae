# first message holds: In [0.6, 0.1, 0.3]
def predicted_class(probabilities):
    larger = np.flatnonzero(np.diff(probabilities) > 0)
    return int(larger[-1]) + 1
