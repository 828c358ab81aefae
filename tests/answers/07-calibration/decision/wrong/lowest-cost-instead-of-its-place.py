# first message holds: which one is cheapest, not what it costs
# refused by: decision-decide
def decide(probabilities, costs):
    return (probabilities @ costs.T).min(axis=1)


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].mean())
