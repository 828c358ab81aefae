# first message holds: `decide` returned nothing
# refused by: decision-decide
def decide(probabilities, costs):
    print((probabilities @ costs.T).argmin(axis=1))


def mean_cost(decisions, y_true, costs):
    return float(costs[decisions, y_true].mean())
