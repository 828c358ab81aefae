# first message holds: one decision for each of the 4 examples
# refused by: decision-decide
def decide(probabilities, costs):
    return (probabilities @ costs.T).argmin(axis=0)


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].mean())
