# first message holds: 155 is the sum
# refused by: decision-cost
def decide(probabilities, costs):
    return (probabilities @ costs.T).argmin(axis=1)


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].sum())
