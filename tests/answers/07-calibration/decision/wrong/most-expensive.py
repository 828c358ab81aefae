# first message holds: the most expensive decision
# refused by: decision-decide
def decide(probabilities, costs):
    return (probabilities @ costs.T).argmax(axis=1)


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].mean())
