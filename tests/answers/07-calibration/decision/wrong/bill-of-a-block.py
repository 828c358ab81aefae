# first message holds: the mean is 38.75
# refused by: decision-cost
def decide(probabilities, costs):
    return (probabilities @ costs.T).argmin(axis=1)


def mean_cost(decisions, y_true, costs):
    return costs[decisions][:, y_true].mean()
