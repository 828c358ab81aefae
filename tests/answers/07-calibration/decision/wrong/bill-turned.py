# first message holds: The first index of `costs` is the decision
# refused by: decision-cost
def decide(probabilities, costs):
    return (probabilities @ costs.T).argmin(axis=1)


def mean_cost(decisions, y_true, costs):
    return float(costs[y_true, decisions].mean())
