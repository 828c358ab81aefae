# first message holds: in the worst case
# refused by: decision-decide
def decide(probabilities, costs):
    return np.full(len(probabilities), costs.max(axis=1).argmin())


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].mean())
