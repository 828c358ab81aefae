# first message holds: the lowest cost that was possible
# refused by: decision-cost
def decide(probabilities, costs):
    return (probabilities @ costs.T).argmin(axis=1)


def mean_cost(decisions, y_true, costs):
    return float(costs[:, y_true].min(axis=0).mean())
